#include "scenarios/model/preset_rows.hpp"

namespace shakedown::model {

using namespace literals;
using namespace rows;

namespace {

// Istio configures Envoy: what it leaves alone is Envoy's.
std::vector<PresetValue> envoysBackoff() {
    return {retry("backoff.initial", &Retry::backoff, &Backoff::initial, 25_ms,
                  "Envoy RetryPolicy: retry_back_off.base_interval 25 ms"),
            retry("backoff.factor", &Retry::backoff, &Backoff::factor, 2,
                  "Envoy router filter: the interval doubles"),
            retry("backoff.max", &Retry::backoff, &Backoff::max, 250_ms,
                  "Envoy RetryPolicy: retry_back_off.max_interval is 10 times the base"),
            retry("backoff.jitter", &Retry::backoff, &Backoff::jitter, Jitter::Full,
                  "Envoy router filter: between 0 and the interval")};
}

std::vector<PresetValue> envoysOutliers(std::string const& owner, std::string const& base,
                                        std::string const& most) {
    return {
        outliers("consecutive", &OutlierDetection::consecutive, 5, owner + " 5"),
        outliers("minimum_calls", &OutlierDetection::minimumCalls, 100,
                 "Envoy OutlierDetection: success_rate_request_volume 100"),
        outliers("interval", &OutlierDetection::interval, 10_s,
                 "Envoy OutlierDetection: interval 10 s; Istio's is the same"),
        outliers("eject_for", &OutlierDetection::ejectFor, 30_s, base + " 30 s"),
        outliers("max_ejected", &OutlierDetection::maxEjected, Ratio::percent(10), most + " 10")};
}

std::vector<PresetValue> envoysOthers() {
    return {
        rateLimit("max_wait", &RateLimit::maxWait, 0_s, "Envoy local rate limit: refuses at once"),
        hedge("max", &Hedge::max, 1, "Envoy HedgePolicy: within num_retries, 1"),
        slowStart("aggression", &SlowStart::aggression, 1, "Envoy SlowStartConfig: aggression 1.0"),
        when("with `least_request`", balance("choices", &Balance::choices, 2,
                                             "Envoy LeastRequestLbConfig: choice_count 2"))};
}

std::vector<PresetValue> envoysWrittenBudget() {
    return {when("with a written budget",
                 retry("budget.percent", &Retry::budget, &RetryBudget::percent, Ratio::percent(20),
                       "Envoy CircuitBreakers: retry_budget.budget_percent 20")),
            when("with a written budget",
                 retry("budget.min_concurrent", &Retry::budget, &RetryBudget::minConcurrent, 3,
                       "Envoy CircuitBreakers: retry_budget.min_retry_concurrency 3"))};
}

Preset envoy() {
    return {
        Dialect::Envoy,
        "Envoy (v3 API, 1.31 and later)",
        {call("deadline", &CallPolicy::deadline, 15_s,
              "Envoy RouteAction: timeout 15 s, all retries included"),
         call("propagate_deadline", &CallPolicy::propagateDeadline, false,
              "Envoy router filter: respect_expected_rq_timeout false"),
         balance("policy", &Balance::policy, BalancePolicy::RoundRobin,
                 "Envoy Cluster: lb_policy ROUND_ROBIN"),
         connections("max", &Connections::max, 1024, "Envoy CircuitBreakers: max_connections 1024"),
         connections("pending", &Connections::pending, 1024,
                     "Envoy CircuitBreakers: max_pending_requests 1024")},
        joined(joined(joined({retry("attempts", &Retry::attempts, 2,
                                    "Envoy RetryPolicy: num_retries 1, the first not counted"),
                              retry("budget.percent", &Retry::budget, &RetryBudget::percent,
                                    Ratio::percent(0),
                                    "Envoy CircuitBreakers: max_retries is a number, no share"),
                              retry("budget.min_concurrent", &Retry::budget,
                                    &RetryBudget::minConcurrent, 3,
                                    "Envoy CircuitBreakers: max_retries 3 at once"),
                              bulkhead("max_concurrent", &Bulkhead::maxConcurrent, 1024,
                                       "Envoy CircuitBreakers: max_requests 1024"),
                              bulkhead("max_wait", &Bulkhead::maxWait, 0_s,
                                       "Envoy CircuitBreakers: overflow is refused at once")},
                             envoysBackoff()),
                      envoysOutliers("Envoy OutlierDetection: consecutive_5xx",
                                     "Envoy OutlierDetection: base_ejection_time",
                                     "Envoy OutlierDetection: max_ejection_percent")),
               envoysOthers()),
        envoysWrittenBudget(),
        {{"Requests at once over HTTP/2: 1024; write `bulkhead: { dialect: envoy }` to have that "
          "limit too.",
          "Envoy CircuitBreakers: max_requests 1024"},
         {"Connecting gives up after 5 s.", "Envoy Cluster: connect_timeout 5 s"},
         {"What is retried has no default: `retry_on` keeps this page's.",
          "Envoy RetryPolicy: retry_on"},
         {"One attempt has no limit of its own, so with the route's 15 s alone a request that "
          "timed out is not retried.",
          "Envoy RetryPolicy: per_try_timeout is the route's"},
         {"Below half of the hosts healthy, traffic goes to all of them.",
          "Envoy Cluster: healthy_panic_threshold 50"},
         {"Failure percentage ejects at 85 % of 50 requests, but is not enforced.",
          "Envoy OutlierDetection: enforcing_failure_percentage 0"},
         {"A host stays out 300 s at most.", "Envoy OutlierDetection: max_ejection_time 300 s"}}};
}

Preset istio() {
    return {
        Dialect::Istio,
        "Istio (networking v1 API)",
        {call("timeout", &CallPolicy::timeout, Duration::none(),
              "Istio HTTPRetry: perTryTimeout is the route's"),
         call("deadline", &CallPolicy::deadline, Duration::none(),
              "Istio HTTPRoute: timeout disabled"),
         call("propagate_deadline", &CallPolicy::propagateDeadline, false,
              "Envoy router filter: respect_expected_rq_timeout false"),
         retry("Istio MeshConfig: defaultHttpRetryPolicy"),
         balance("policy", &Balance::policy, BalancePolicy::LeastRequest,
                 "Istio LoadBalancerSettings: LEAST_REQUEST unless said"),
         balance("choices", &Balance::choices, 2, "Envoy LeastRequestLbConfig: choice_count 2")},
        joined(joined(joined({retry("attempts", &Retry::attempts, 3,
                                    "Istio HTTPRetry: attempts 2, the first not counted"),
                              retry("retry_on", &Retry::retryOn,
                                    std::vector<RetryOn>{RetryOn::Connect, RetryOn::Rejected},
                                    "Istio HTTPRetry: connect-failure, refused-stream, "
                                    "unavailable, cancelled, 503"),
                              retry("avoid_same_replica", &Retry::avoidSameReplica, true,
                                    "Istio pilot: retry host predicate previous_hosts")},
                             envoysBackoff()),
                      envoysOutliers("Istio OutlierDetection: consecutive5xxErrors",
                                     "Istio OutlierDetection: baseEjectionTime",
                                     "Istio OutlierDetection: maxEjectionPercent")),
               envoysOthers()),
        envoysWrittenBudget(),
        {{"Envoy's limits of connections, requests and retries are off.",
          "Istio ConnectionPoolSettings: maxConnections, http1MaxPendingRequests, "
          "http2MaxRequests, maxRetries 2^32-1"},
         {"Connecting gives up after 10 s.",
          "Istio ConnectionPoolSettings.TCPSettings: connectTimeout 10 s"},
         {"No panic: however few replicas are left, only they get traffic.",
          "Istio OutlierDetection: minHealthPercent 0"},
         {"Outlier detection is there only when written.", "Istio DestinationRule"}}};
}

Preset linkerd() {
    return {
        Dialect::Linkerd,
        "Linkerd 2.16",
        {balance("policy", &Balance::policy, BalancePolicy::LeastRequest,
                 "Linkerd guide, load balancing: the cheaper of two"),
         balance("choices", &Balance::choices, 2, "linkerd2-proxy: power of two choices")},
        {retry("attempts", &Retry::attempts, 2,
               "Linkerd reference, retries: retry.linkerd.io/limit 1, the first not counted"),
         retry("retry_on", &Retry::retryOn, std::vector<RetryOn>{RetryOn::Error, RetryOn::Rejected},
               "Linkerd reference, retries: retry.linkerd.io/http 5xx, its example"),
         retry("budget.ratio", &Retry::budget, &RetryBudget::ratio, Ratio::percent(20),
               "Linkerd reference, service profiles: retryRatio 0.2"),
         retry("budget.min_rate", &Retry::budget, &RetryBudget::minRate, Rate::perSecond(10),
               "Linkerd reference, service profiles: minRetriesPerSecond 10"),
         breaker("consecutive", &CircuitBreaker::consecutive, 7,
                 "Linkerd reference, circuit breaking: max-failures 7"),
         breaker("open_for", &CircuitBreaker::openFor, 1_s,
                 "Linkerd reference, circuit breaking: min-penalty 1s"),
         breaker("half_open_calls", &CircuitBreaker::halfOpenCalls, 1,
                 "Linkerd reference, circuit breaking: a single probe"),
         breaker("per", &CircuitBreaker::per, BreakerScope::Replica,
                 "Linkerd reference, circuit breaking: each endpoint"),
         when("with `least_request`",
              balance("choices", &Balance::choices, 2, "linkerd2-proxy: power of two choices"))},
        {},
        {{"What is compared is the peak-EWMA latency times the requests outstanding; here it is "
          "the requests outstanding.",
          "linkerd2-proxy: peak EWMA, default_rtt 30 ms, decay 10 s"},
         {"Each failed probe doubles the time out, up to 1 min, plus up to half of it by chance.",
          "Linkerd reference, circuit breaking: max-penalty 1m, jitter-ratio 0.5"},
         {"Retries, timeouts and circuit breaking are there only when written.",
          "Linkerd guide, retries and timeouts"},
         {"With every endpoint out for 3 s (1 s inbound), requests fail at once; connecting gives "
          "up after 1 s (300 ms inbound); 10000 requests may wait.",
          "linkerd2-proxy: failfast, connect timeout and queue capacity"}}};
}

Preset haproxy() {
    return {
        Dialect::Haproxy,
        "HAProxy (2.x and 3.x)",
        {retry("HAProxy manual: retries"),
         balance("policy", &Balance::policy, BalancePolicy::RoundRobin,
                 "HAProxy manual: balance roundrobin")},
        {retry("attempts", &Retry::attempts, 4, "HAProxy manual: retries 3, the first not counted"),
         retry("backoff.initial", &Retry::backoff, &Backoff::initial, 1_s,
               "HAProxy manual: a turn-around of 1 s, or timeout connect if that is shorter"),
         retry("backoff.factor", &Retry::backoff, &Backoff::factor, 1,
               "HAProxy manual: every wait is the same"),
         retry("backoff.max", &Retry::backoff, &Backoff::max, Duration::none(),
               "HAProxy manual: every wait is the same"),
         retry("backoff.jitter", &Retry::backoff, &Backoff::jitter, Jitter::None,
               "HAProxy manual: every wait is the same"),
         retry("retry_on", &Retry::retryOn, std::vector<RetryOn>{RetryOn::Connect},
               "HAProxy manual: retry-on conn-failure"),
         outliers("consecutive", &OutlierDetection::consecutive, 10,
                  "HAProxy manual: error-limit 10, once observe is on"),
         outliers("interval", &OutlierDetection::interval, 2_s, "HAProxy manual: inter 2 s"),
         outliers("eject_for", &OutlierDetection::ejectFor, 4_s,
                  "HAProxy manual: rise 2 checks, inter 2 s apart"),
         outliers("max_ejected", &OutlierDetection::maxEjected, Ratio::percent(100),
                  "HAProxy manual: no limit")},
        {},
        {{"A retry goes to the same server, the last one too: `option redispatch` is not set.",
          "HAProxy manual: option redispatch"},
         {"There are no timeouts and no limit of connections to a server unless written.",
          "HAProxy manual: timeout server, maxconn 0"},
         {"Observing traffic is off; a server leaves after 3 failed checks.",
          "HAProxy manual: observe, fall 3"}}};
}

Preset nginx() {
    return {
        Dialect::Nginx,
        "nginx (open source)",
        {call("timeout", &CallPolicy::timeout, 60_s,
              "ngx_http_proxy_module: proxy_read_timeout 60s"),
         retry("ngx_http_proxy_module: proxy_next_upstream error timeout"),
         balance("policy", &Balance::policy, BalancePolicy::RoundRobin,
                 "ngx_http_upstream_module: weighted round robin"),
         outliers("ngx_http_upstream_module: max_fails of every server")},
        {retry("attempts", &Retry::attempts, 2,
               "ngx_http_proxy_module: proxy_next_upstream_tries 0 is every server once; a number "
               "is needed here: one more than the first. Write the number of servers"),
         retry("retry_on", &Retry::retryOn,
               std::vector<RetryOn>{RetryOn::Timeout, RetryOn::Connect},
               "ngx_http_proxy_module: proxy_next_upstream error timeout"),
         retry("avoid_same_replica", &Retry::avoidSameReplica, true,
               "ngx_http_proxy_module: the next server"),
         outliers("consecutive", &OutlierDetection::consecutive, 1,
                  "ngx_http_upstream_module: max_fails 1"),
         outliers("eject_for", &OutlierDetection::ejectFor, 10_s,
                  "ngx_http_upstream_module: fail_timeout 10 s"),
         outliers("max_ejected", &OutlierDetection::maxEjected, Ratio::percent(100),
                  "ngx_http_upstream_module: all servers can be out, then 502"),
         rateLimit("ngx_http_limit_req_module: its edges; the rate has no default")},
        {},
        {{"Failures are not a run: their count is forgotten by a success more than fail_timeout "
          "after the last one.",
          "ngx_http_upstream_module: fail_timeout"},
         {"A server that is alone is never taken out; with all of them out, requests fail at once.",
          "ngx_http_upstream_module"},
         {"Timeouts and connections that fail count, other errors only if `retry_on` names them; "
          "times are whole seconds.",
          "ngx_http_proxy_module: proxy_next_upstream error timeout"},
         {"A request that is not idempotent and was sent is not tried again.",
          "ngx_http_proxy_module: proxy_next_upstream, non_idempotent"},
         {"Connecting gives up after 60 s.", "ngx_http_proxy_module: proxy_connect_timeout 60s"},
         {"limit_req has no burst and delays in order what it has; above it refuses.",
          "ngx_http_limit_req_module: burst 0"}}};
}

Preset kubernetes() {
    return {Dialect::Kubernetes,
            "Kubernetes (kube-proxy)",
            {balance("policy", &Balance::policy, BalancePolicy::Random,
                     "Kubernetes, virtual IPs: iptables mode picks at random")},
            {},
            {},
            {{"A Service knows no timeouts, retries or breakers.", "Kubernetes, Service"},
             {"Probes, rolling updates and scaling belong to services and operations, not to "
              "calls.",
              "Kubernetes, workloads"}}};
}

} // namespace

std::vector<Preset> meshPresets() {
    return {envoy(), istio(), linkerd(), haproxy(), nginx(), kubernetes()};
}

} // namespace shakedown::model
