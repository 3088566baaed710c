#include "scenarios/model/preset_rows.hpp"

namespace shakedown::model {

using namespace literals;
using namespace rows;

namespace {

Preset grpc() {
    return {
        Dialect::Grpc,
        "gRPC (gRFC A6, A50)",
        {call("cancel", &CallPolicy::cancel, true,
              "gRPC guide, deadlines: the server cancels a call that is past its deadline"),
         call("propagate_deadline", &CallPolicy::propagateDeadline, true,
              "gRPC guide, deadlines: what is left goes with the call")},
        {retry("attempts", &Retry::attempts, 4,
               "gRFC A6, its example: maxAttempts 4; required, no default"),
         retry("backoff.initial", &Retry::backoff, &Backoff::initial, 100_ms,
               "gRFC A6, its example: initialBackoff 0.1s; required, no default"),
         retry("backoff.factor", &Retry::backoff, &Backoff::factor, 2,
               "gRFC A6, its example: backoffMultiplier 2; required, no default"),
         retry("backoff.max", &Retry::backoff, &Backoff::max, 1_s,
               "gRFC A6, its example: maxBackoff 1s; required, no default"),
         retry("backoff.jitter", &Retry::backoff, &Backoff::jitter, Jitter::None,
               "gRFC A6: a fifth up or down, see below"),
         retry("retry_on", &Retry::retryOn,
               std::vector<RetryOn>{RetryOn::Connect, RetryOn::Rejected},
               "gRFC A6, its example: retryableStatusCodes UNAVAILABLE; required, no default"),
         hedge("after", &Hedge::after, Duration(),
               "gRFC A6: hedgingDelay not given is all at once"),
         hedge("max", &Hedge::max, 3, "gRFC A6, its example: maxAttempts 4; required, no default"),
         outliers("failure_rate", &OutlierDetection::failureRate, Ratio::percent(85),
                  "gRFC A50: failure_percentage_ejection.threshold 85, exceeded"),
         outliers("minimum_calls", &OutlierDetection::minimumCalls, 50,
                  "gRFC A50: failure_percentage_ejection.request_volume 50"),
         outliers("interval", &OutlierDetection::interval, 10_s, "gRFC A50: interval 10 s"),
         outliers("eject_for", &OutlierDetection::ejectFor, 30_s,
                  "gRFC A50: base_ejection_time 30 s"),
         outliers("max_ejected", &OutlierDetection::maxEjected, Ratio::percent(10),
                  "gRFC A50: max_ejection_percent 10")},
        {when("with a written budget",
              retry("budget.tokens", &Retry::budget, &RetryBudget::tokens, 10,
                    "gRFC A6, its example: retryThrottling.maxTokens 10; required, no default")),
         when("with a written budget",
              retry("budget.deposit", &Retry::budget, &RetryBudget::deposit, 0.1,
                    "gRFC A6, its example: retryThrottling.tokenRatio 0.1; required, no default")),
         when("with a written budget", retry("budget.cost", &Retry::budget, &RetryBudget::cost, 1,
                                             "gRFC A6: a failure takes one token"))},
        {{"A channel keeps to the first address that answers (pick_first); there is no key for "
          "that. `balance: round_robin` is gRPC's round_robin.",
          "gRPC guide, custom load balancing policies"},
         {"There is no deadline unless one is given.", "gRPC guide, deadlines"},
         {"Waits are multiplied by a random factor between 0.8 and 1.2.", "gRFC A6"},
         {"More than 5 attempts are taken as 5.", "gRFC A6"},
         {"What never left the client is sent again without counting as an attempt.",
          "gRFC A6, transparent retries"},
         {"Retries stop while the bucket is half empty or emptier.", "gRFC A6, retryThrottling"},
         {"At least 5 addresses are needed to eject one; it stays out 300 s at most.",
          "gRFC A50: minimum_hosts 5, max_ejection_time 300 s"}}};
}

Preset finagle() {
    return {
        Dialect::Finagle,
        "Finagle (HTTP client)",
        {retry("Retries.moduleRequeueable: requests that were not sent are sent again"),
         breaker("FailureAccrualFactory: in the stack of every client"),
         balance("policy", &Balance::policy, BalancePolicy::LeastRequest,
                 "Balancers.p2c: least loaded of two"),
         balance("choices", &Balance::choices, 2, "Balancers.p2c: power of two choices")},
        {retry("attempts", &Retry::attempts, 21,
               "Retries: MaxRequeuesPerReq 0.2 of the budget's balance, 100 at rest, beside the "
               "first"),
         retry("retry_on", &Retry::retryOn,
               std::vector<RetryOn>{RetryOn::Connect, RetryOn::Rejected},
               "RetryPolicy.RetryableWriteException: not sent, or refused by a nack"),
         retry("budget.ratio", &Retry::budget, &RetryBudget::ratio, Ratio::percent(20),
               "RetryBudget(): percentCanRetry 0.2"),
         retry("budget.min_rate", &Retry::budget, &RetryBudget::minRate, Rate::perSecond(10),
               "RetryBudget(): minRetriesPerSec 10"),
         breaker("window.time", &CircuitBreaker::window, &BreakerWindow::time, 30_s,
                 "FailureAccrualPolicy: DefaultSuccessRateWindow 30 s"),
         breaker("minimum_calls", &CircuitBreaker::minimumCalls, 5,
                 "FailureAccrualPolicy: DefaultMinimumRequestThreshold 5"),
         breaker("failure_rate", &CircuitBreaker::failureRate, Ratio::percent(20),
                 "FailureAccrualPolicy: DefaultSuccessRateThreshold 0.8"),
         breaker("consecutive", &CircuitBreaker::consecutive, 5,
                 "FailureAccrualPolicy: DefaultConsecutiveFailures 5"),
         breaker("open_for", &CircuitBreaker::openFor, 5_s,
                 "FailureAccrualFactory: jitteredBackoff from 5 s"),
         breaker("half_open_calls", &CircuitBreaker::halfOpenCalls, 1,
                 "FailureAccrualFactory: one request while probing"),
         breaker("per", &CircuitBreaker::per, BreakerScope::Replica,
                 "FailureAccrualFactory: one for each address"),
         when("with `least_request`",
              balance("choices", &Balance::choices, 2, "Balancers.p2c: power of two choices"))},
        {},
        {{"Each time out is longer: equal jitter, up to 300 s.",
          "FailureAccrualFactory: jitteredBackoff up to 300 s"},
         {"Tokens of the budget expire after 10 s; the reserve is there from the start.",
          "RetryBudget(): ttl 10 s"},
         {"Both rules, the success rate and the run of failures, are at work.",
          "FailureAccrualFactory: the hybrid default policy"},
         {"There is no timeout of requests; connecting gives up after 1 s.",
          "Finagle guide, clients: Transporter.ConnectTimeout 1 s"}}};
}

Preset awsSdk() {
    return {
        Dialect::AwsSdk,
        "AWS SDK, standard retry mode (botocore)",
        {call("timeout", &CallPolicy::timeout, 60_s, "botocore Config: read_timeout 60"),
         retry("botocore.retries.standard: in every client")},
        {retry("attempts", &Retry::attempts, 3,
               "botocore.retries.standard: DEFAULT_MAX_ATTEMPTS 3, the first included"),
         retry("backoff.initial", &Retry::backoff, &Backoff::initial, 1_s,
               "botocore.retries.standard: ExponentialBackoff, 2 to the power of 0"),
         retry("backoff.factor", &Retry::backoff, &Backoff::factor, 2,
               "botocore.retries.standard: ExponentialBackoff _BASE 2"),
         retry("backoff.max", &Retry::backoff, &Backoff::max, 20_s,
               "botocore.retries.standard: ExponentialBackoff _MAX_BACKOFF 20"),
         retry("backoff.jitter", &Retry::backoff, &Backoff::jitter, Jitter::Full,
               "botocore.retries.standard: a random share of the wait, after the cap"),
         retry("retry_on", &Retry::retryOn,
               std::vector<RetryOn>{RetryOn::Timeout, RetryOn::Error, RetryOn::Connect,
                                    RetryOn::Rejected},
               "botocore.retries.standard: transient errors (500, 502, 503, 504, connection) and "
               "throttling"),
         retry("budget.tokens", &Retry::budget, &RetryBudget::tokens, 500,
               "botocore.retries.quota: RetryQuota INITIAL_CAPACITY 500"),
         retry("budget.deposit", &Retry::budget, &RetryBudget::deposit, 1,
               "botocore.retries.standard: RetryQuotaChecker _NO_RETRY_INCREMENT 1"),
         retry("budget.cost", &Retry::budget, &RetryBudget::cost, 5,
               "botocore.retries.standard: RetryQuotaChecker _RETRY_COST 5")},
        {},
        {{"A retry after a timeout costs 10 of the quota; a success after a retry gives back what "
          "it took.",
          "botocore.retries.standard: RetryQuotaChecker _TIMEOUT_RETRY_REQUEST 10"},
         {"Connecting gives up after 60 s.", "botocore Config: connect_timeout 60"},
         {"The older legacy mode makes 5 attempts; DynamoDB's makes more.",
          "boto3 guide, retries"}}};
}

} // namespace

std::vector<Preset> clientPresets() {
    return {grpc(), finagle(), awsSdk()};
}

} // namespace shakedown::model
