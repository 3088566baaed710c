#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "reports/record/digest.hpp"
#include "reports/verdict/evidence.hpp"
#include "scenarios/model/rate_curve.hpp"
#include "sim/world/hosting.hpp"
#include "sim/world/key_law.hpp"
#include "sim/world/state.hpp"

namespace shakedown::world {

enum class EventKind : std::uint16_t {
    Cancelled = kernel::cancelledKind,
    Arrival,        // index: load
    UserReturns,    // index: load, extra: user
    WorkDone,       // strand
    WaitDone,       // strand
    Connected,      // task
    Deliver,        // task
    ReplyArrives,   // task
    Retransmit,     // task; small: 1 for a reply
    CancelArrives,  // task
    AttemptExpired, // call
    BackoffOver,    // call
    PermitExpired,  // call; its wait for a place or its turn is over
    FallbackDone,   // call
    QueueExpired,   // task
    ReplicaStarted, // index: replica, extra: life
    GraceOver,      // index: replica, extra: life
    Timeline,       // index: whatever the owner of the timeline means
    HedgeDue,       // call
    Departs,        // task; small: 1 for a reply
    MessageLost,    // task; small: 1 for a reply
};

struct WorldOptions {
    std::uint64_t seed = 1;
    std::uint32_t replication = 0;
    Duration lasts = Duration::seconds(60);
    Duration warmup;
    record::Level level = record::Level::Summary;
    std::uint32_t sampleEvery = 1;         // requests, at level sampled
    std::uint32_t failuresRecorded = 2000; // at level sampled, beside the samples
    bool express = true; // hops that meet nothing go in one piece; false changes no result
};

/// A running system: loads send requests through services, calls follow their policies, faults
/// pull its levers. Everything that happens is an event of the kernel; `runUntil` is the only way
/// in besides the levers. Deterministic: the same plan, options and levers give the same digest.
class World {
public:
    World(Plan plan, verdict::Demand demand, WorldOptions options, kernel::Kernel& kernel,
          platform::Platform& platform);
    World(World const&) = delete;
    World& operator=(World const&) = delete;

    /// Where moments go (may be null) and who answers Timeline events.
    void setSink(record::MomentSink* sink) { sink_ = sink; }
    void setTimeline(std::function<void(std::uint32_t)> handler) { timeline_ = std::move(handler); }
    void scheduleTimeline(SimTime at, std::uint32_t index);

    /// Dispatches every event before `until`. False when the same instant has seen more events than
    /// any model needs, or when `goesOn`, asked after every 2^14 events, said no.
    bool runUntil(SimTime until, std::function<bool()> const& goesOn);
    /// Between events: an Interval moment (if recording) and a look at who is under pressure.
    void tick(bool withInterval);
    /// Requests answered in time so far, of all loads.
    std::uint64_t goodSoFar() const;
    /// Takes everything measured; the world is over.
    verdict::Evidence finish(record::EndReason reason);

    SimTime now() const { return kernel_.now(); }
    Plan const& plan() const { return plan_; }
    WorldOptions const& options() const { return options_; }
    std::uint64_t digest() const { return digest_.value(); }

    // --- Levers of faults and operations. Ids name what is taken back.
    std::vector<std::uint32_t> replicasOf(std::uint32_t service) const;
    /// Of a replica by its global number: its service, and its number there.
    record::ReplicaName nameOf(std::uint32_t replica) const {
        return {replicas_[replica].service, replicas_[replica].number};
    }
    void crash(std::uint32_t replica);
    /// Starts a replica that is down; it is up after its start time.
    void start(std::uint32_t replica);
    /// Takes nothing new, finishes what it holds (at most the grace period), then is down.
    void drain(std::uint32_t replica, bool keepsListed);
    void hang(std::uint32_t replica);
    void resume(std::uint32_t replica);
    void steal(std::uint32_t replica, StealModifier modifier);
    void addSlow(std::uint32_t replica, SlowModifier modifier);
    void addErrors(std::uint32_t replica, ErrorModifier modifier);
    void removeModifiers(std::uint32_t replica, std::uint32_t id);
    void blackHole(std::uint32_t replica, bool on);
    void scale(std::uint32_t service, std::uint32_t replicas);

    void addToLink(std::uint32_t link, NetworkModifier modifier);
    void removeFromLink(std::uint32_t link, std::uint32_t id);
    void block(std::uint32_t link, bool hold);
    void unblock(std::uint32_t link, bool hold);
    /// Resets every attempt under way on the link (those to `endpoint`, unless nothing).
    void resetLink(std::uint32_t link, std::uint32_t endpoint);
    void flipBreakers(std::uint32_t call, model::BreakerByHand state);
    void addSurge(std::uint32_t load, SurgeModifier const& modifier);
    void removeSurge(std::uint32_t load, std::uint32_t id);

    /// Machines and links, where the plan has them; zones with or without.
    bool hasMachines() const { return machines_ != nullptr; }
    MachineId machineOf(std::uint32_t replica) const;
    std::uint32_t zoneOf(std::uint32_t replica) const;
    std::vector<std::uint32_t> replicasOn(MachineId machine) const;
    std::vector<std::uint32_t> replicasIn(std::uint32_t zone) const;
    /// Held down by one fault more: its replicas are gone without a word, and start again with it.
    void fell(MachineId machine);
    void raise(MachineId machine);
    /// Without machines: a replica that is gone without a word, as if its machine were.
    void fellReplica(std::uint32_t replica);
    void raiseReplica(std::uint32_t replica);
    void stealFrom(MachineId machine, StealModifier modifier);
    void slowMachine(MachineId machine, StealModifier modifier);
    void removeFromMachine(MachineId machine, std::uint32_t id);
    void cutLink(LinkId link);
    void mendLink(LinkId link);
    void limitLink(LinkId link, WireState::Limit limit);
    void addToWire(WireModifier modifier);
    void removeFromWire(LinkId link, std::uint32_t id);
    void addCut(Cut cut);
    void removeCut(std::uint32_t id);
    void change(HostingPlan::Change const& change);

    /// Goes on with other numbers; the plan must have the same shape.
    void adopt(Plan plan);

    void eventBegan(record::EventBegan began);
    void eventEnded(std::uint32_t event);
    void openWindow(std::uint32_t window);
    void closeWindow(std::uint32_t window);

private:
    bool handle(kernel::Event const& event);
    struct LoadState {
        model::RateCurve curve{model::RateShape{}};
        chance::Stream arrivals;
        chance::Stream mix;
        chance::Stream think;
        KeyLaw keys;
        Key base = 0;
        std::uint64_t nextNumber = 0;
        std::uint64_t drawn = 0;  // arrivals drawn so far
        double exposureLeft = 0;  // expected arrivals until the next
        double exposureSince = 0; // seconds since the load's start
        kernel::Handle next;
        std::vector<std::uint64_t> userTurns;
        std::vector<SurgeModifier> surges;
        std::uint64_t live = 0; // requests not ended
        record::LoadInterval interval;
        measure::Histogram intervalLatency;
    };
    /// Latencies of one second of a subject, until the second is closed.
    struct OpenSecond {
        std::vector<float> latencies;
        bool closed = false;
    };
    struct SecondsMeter {
        std::vector<measure::SecondTally> seconds;
        std::vector<OpenSecond> open;
        std::size_t closedBefore = 0;
    };

    // world.cpp
    void dispatch(kernel::Event const& event);
    void dispatch(kernel::Event const& event, Task& task);
    void dispatch(kernel::Event const& event, Call& call);
    void makeState();
    void workAgenda();

    // loads.cpp
    void startLoads();
    void planArrival(std::uint32_t load);
    bool followsCurve(std::uint32_t load) const;
    void settleExposure(std::uint32_t load);
    void applySurges(std::uint32_t load);
    void onArrival(std::uint32_t load);
    void onUserReturns(std::uint32_t load, std::uint32_t user);
    void sendRequest(std::uint32_t load, std::uint32_t user, std::uint64_t number);
    void drawDataKey(Request const& request, Key key);
    void endRequest(Request& request, measure::Outcome outcome, Cause cause);
    void partEnded(Request& request);

    // express.cpp
    /// Nothing that calls and replies would meet on the way is going on.
    bool isQuiet() const { return mayExpress_ && networkFaults_ + hungReplicas_ == 0; }
    bool mayEndExpress(Strand const& strand) const {
        Task const& task = tasks_[strand.task];
        // `nothing` has all bits set.
        bool const isLast =
            (strand.next & strand.previous & strand.firstBranch) == nothing && !strand.isBranch;
        return isLast && task.call != nothing && !task.replied && goesExpress(task.site);
    }
    bool goesExpress(std::uint32_t site) const { return expressSites_[site].isPlain && isQuiet(); }
    void surveyExpressSites();
    void onWorkDone(Strand& strand);
    void endExpressTask(Strand& strand, Task& task);

    // calls.cpp
    /// Who makes a call: a strand (as a parallel branch if `joinSerial` is not 0) or a load.
    struct Caller {
        Strand* strand = nullptr;
        std::uint32_t joinSerial = 0;
        std::uint32_t number = 0; // the replica's (global), or the client's
    };
    void beginCall(Caller const& caller, Request& request, std::uint32_t site, Key key,
                   SimTime deadline, std::uint32_t parentSpan);
    /// The keys of an express call and what its first work will draw (0: not known). Apart from the
    /// call, because a draw is one long chain of operations beside which the processor can do
    /// other things: the draws of the other branches, for one.
    struct CallSeed {
        Key key = 0;
        Key taskKey = 0;
        Duration work;
    };
    CallSeed seedOf(std::uint32_t site, Key key) const;
    void beginExpressCall(Caller const& caller, Request& request, std::uint32_t site,
                          CallSeed const& seed, SimTime deadline, std::uint32_t parentSpan);
    void joinStrand(Call& call, Caller const& caller);
    void leaveStrand(Call& call);
    void attempt(Call& call);
    void launch(Call& call, std::uint32_t replica, SimTime expires);
    void attemptFailed(Call& call, Cause cause);
    void retryOrGiveUp(Call& call);
    void giveUp(Call& call);
    void endCall(Call& call, Cause cause, bool degraded);
    void onAttemptExpired(Call& call);
    void onBackoffOver(Call& call);
    void detach(Call& call);
    void abandonCall(Call& call);
    void abandonAttempt(Call& call);
    /// When the attempt will be given up.
    SimTime armAttempt(Call& call);
    void disarm(Alarm& alarm) {
        if (alarm.isSet())
            stop(alarm);
    }
    void stop(Alarm& alarm);
    EdgeState& edgeState(std::uint32_t edge, std::uint32_t instance);

    // guards.cpp
    /// What a guard says to a call.
    enum class Passage : std::uint8_t { Free, Waits, Refused };
    /// Which of the guards learn how an attempt ended.
    enum class Told : std::uint8_t { All, NotBreaker, Nothing };
    void passGuards(Call& call);
    Passage pass(Call& call, Guard guard);
    Passage refuseAttempt(Call& call, Cause cause);
    Passage awaitTurn(Call& call);
    void onTurn(Call& call);
    bool admitByThrottle(Call const& call);
    void beginWatched(Call& call);
    bool mayAfford(Call& call);
    bool mayRepeat(Call const& call) const;
    bool enterFallback(Call const& call);
    void leaveFallback(Call const& call);
    void handOver(Call& call, Task& task);
    void leaveAround(Call& call, Cause cause);
    void attemptEnded(Call& call, Cause cause, Told told);
    void tellGuards(Call& call, Cause cause, Told told);
    void tellOutliers(Call const& call, Cause cause);
    resilience::OutlierDetector& sweptOutliers(EdgeState& state);
    Protection& protectionOf(Call const& call);
    void installProtection(std::uint32_t edge, std::uint32_t instance);
    void adoptGuards(EdgePolicy const& old, std::uint32_t edge, std::uint32_t instance);

    // breakers.cpp
    /// Where a breaker is kept: at a caller instance, by slot.
    struct BreakerPlace {
        std::uint32_t instance = 0;
        std::uint32_t slot = 0;
    };
    BreakerPlace breakerOf(Call const& call);
    resilience::Breaker& breakerAt(std::uint32_t edge, BreakerPlace const& place);
    bool admitByBreaker(Call& call);
    void recordAtBreaker(Call& call, resilience::CallResult result);
    void releaseBreaker(Call& call);
    void noteBreaker(std::uint32_t edge, BreakerPlace const& place, resilience::BreakerMode before);
    void installBreaker(std::uint32_t edge, std::uint32_t instance);
    void installBreakers(std::uint32_t edge, std::uint32_t instance);
    void removeBreakers(std::uint32_t edge, std::uint32_t instance);
    void adoptBreakers(std::uint32_t edge, std::uint32_t instance);

    // gates.cpp: bulkheads and connection pools
    Gate& gateOf(std::uint32_t edge, std::uint32_t instance, Guard which);
    static void adoptGate(Gate& gate, std::optional<PermitPolicy> const& policy);
    Passage enterGate(Call& call, Guard which);
    Passage awaitPlace(Call& call, Gate& gate, Guard which);
    void onPermitExpired(Call& call);
    void stopWaiting(Call& call);
    void leaveGates(Call& call);
    void leaveGate(std::uint32_t edge, std::uint32_t instance, Guard which);
    void closeConnection(Task& task);
    void admitWaiting(std::uint32_t edge, std::uint32_t instance, Guard which);

    // hedging.cpp
    void beginHedging(Call& call);
    void beginLeg(Call& leader);
    resilience::HedgeDecision afterFailedLeg(Call const& leader) const;
    void legEnded(Call& leg, Cause cause, bool degraded);
    void closeLegs(Call& leader);
    void onHedgeDue(Call& leader);

    // choosing.cpp
    std::uint32_t pickFor(Call const& call);
    std::uint32_t pickAmong(std::span<std::uint32_t const> listed, Call const& call,
                            EdgeState& state);
    void keepZone(Call const& call);
    void countOff(Task& task);
    void installBalancer(EdgeState& state, std::uint32_t edge);
    static std::uint32_t& idleAt(EdgeState& state, std::uint32_t replica);
    std::span<std::uint32_t const> candidatesFor(Call const& call, EdgeState& state);
    std::uint32_t shardOf(Call const& call) const;
    void findsNobody(Call& call);

    // network.cpp
    void transmit(Task& task, bool isReply);
    void deliver(Task& task, bool isReply);
    void loseMessage(Task& task, bool isReply);
    void onRetransmit(Task& task, bool isReply);
    void replyArrives(Task& task);
    void settle(Task& task);
    void onCancelArrives(Task& task);
    bool isReset(Task const& task) const;

    // hosting.cpp
    /// Where a message of a task goes from and to.
    struct Way {
        MachineId from = platform::nowhere;
        MachineId to = platform::nowhere;
    };
    Way wayOf(Task const& task, bool isReply) const;
    bool passesPlaces(Task& task, bool isReply, Duration& delay);
    bool stands(Side const& side, Task const& task, bool atCallee) const;
    Duration pace(Task const& task, bool isReply) const;
    void depart(Task& task, bool isReply, Duration delay);
    void cross(Task& task, bool isReply);
    void applyMachineSpeed(MachineId machine);
    bool awaitsPower(Replica const& replica);

    // tasks.cpp
    void arrive(Task& task);
    void enqueue(Task& task, Replica& replica);
    Task& takeFromQueue(Replica& replica);
    void unlink(Task& task);
    bool shallDrop(Task const& task, Replica& replica);
    void begin(Task& task);
    void beginDisturbed(Task const& task, Strand& strand, Replica const& replica);
    void refuse(Task& task, Cause cause);
    void dropQueued(Task& task, Cause cause);
    void reply(Task& task, Cause cause);
    void mainStrandEnded(Task& task, Cause cause);
    void takeWorker(Replica& replica);
    void releaseWorker(Replica& replica);
    void feed(Replica& replica);
    void putOnAgenda(Replica& replica);
    void abortTask(Task& task, Cause cause, bool sendsReset);
    void maybeFree(Task& task);
    void meterTask(Task const& task, Cause cause);

    // limits.cpp
    bool admitByLimit(Task& task, Replica& replica);
    bool isOfLowPriority(Task const& task, LimitPolicy const& limit) const;
    void shed(Task& task, Replica const& replica);
    void sampleLimit(Task const& task, Replica& replica);

    // strands.cpp
    Strand& newStrand(Task& task, std::uint32_t pc);
    Strand& newBranch(Strand const& parent, std::uint32_t pc, std::uint32_t serial);
    void call(Strand& strand, Op const& op, std::uint32_t joinSerial);
    void expressCall(Strand& strand, Op const& op, std::uint32_t joinSerial, CallSeed const& seed);
    void callBranches(Strand& strand, std::span<Fork::Branch const> branches);
    std::uint32_t spanAround(Task const& task) const {
        return isTracing_ ? taskSpans_[task.index] : nothing;
    }
    Key keyOfCall(Strand const& strand, Op const& op) const {
        return chance::mixKey(tasks_[strand.task].key,
                              drawStep(strand, op) | (std::uint64_t{1} << 40));
    }
    void run(Strand& strand);
    Duration slowed(Duration amount, Task const& task, Replica const& replica) const;
    bool stepWork(Strand& strand, Op const& op);
    bool stepWait(Strand& strand, Duration lasts);
    bool stepCall(Strand& strand, Op const& op);
    bool stepFork(Strand& strand, Op const& op);
    void stepChoose(Strand& strand, Op const& op);
    bool stepFail(Strand& strand, Op const& op);
    std::uint64_t drawStep(Strand const& strand, Op const& op) const {
        return op.step | (static_cast<std::uint64_t>(strand.turn) << 16);
    }
    /// False if the strand may work now; true if it waits for a worker of its async service.
    bool needsWorker(Strand& strand) {
        return strand.async && !strand.holdsWorker && awaitWorker(strand);
    }
    bool awaitWorker(Strand& strand);
    void giveWorkerBack(Strand& strand) {
        if (strand.holdsWorker)
            returnWorker(strand);
    }
    void returnWorker(Strand& strand);
    void callEnded(Strand& strand, std::uint32_t joinSerial, Cause cause, bool degraded);
    void branchEnded(Strand& strand, std::uint32_t serial, Cause cause);
    void joinMayEnd(Strand& strand);
    void abandonCalls(Strand& strand);
    void leaveBranches(Strand& parent);
    void wake(Strand& strand, Cause cause);
    bool failAt(Strand& strand, Cause cause);
    void strandEnded(Strand& strand, Cause cause);
    void dropStrand(Strand& strand);

    // replicas.cpp
    std::uint32_t addReplica(std::uint32_t service, record::ReplicaState state);
    void setState(Replica& replica, record::ReplicaState state);
    void relist(std::uint32_t service);
    void stopIfDrained(Replica& replica);
    void applySpeed(Replica& replica);
    void onReplicaStarted(Replica& replica, std::uint32_t life);
    void onGraceOver(Replica const& replica, std::uint32_t life);
    bool defer(kernel::Event const& event, std::uint32_t replica);
    /// A hung process takes part in nothing; what reaches it meanwhile is kept for later.
    bool deferIfHung(kernel::Event const& event, std::uint32_t replica) {
        return hungReplicas_ > 0 && defer(event, replica);
    }
    bool deferIfCallerHung(kernel::Event const& event, Call const& call) {
        return hungReplicas_ > 0 && !call.isOfLoad && defer(event, call.caller);
    }

    // gauges.cpp
    void touch(CallState& call);
    measure::ServiceCounters countersNow(ServiceState const& service) const;
    measure::CallCounters countersNow(CallState const& call) const;
    void meterSecond(std::uint32_t meter, SimTime arrived, bool good, Duration took, bool counts);
    void offerSecond(std::uint32_t meter);
    void closeOldSeconds(SecondsMeter& meter, std::size_t before);
    void emit(record::MomentKind what);
    void emitTurningPoint(record::MomentKind what);
    void lookForPressure();
    void beginPressure(Replica& replica, record::Pressure what);
    std::vector<std::uint32_t> callsUnderWay();
    record::Interval takeInterval();
    std::uint16_t batchNow() {
        while (kernel_.now() >= batchEnds_)
            beginBatch();
        return batch_;
    }
    void beginBatch();

    // machine_gauges.cpp
    std::vector<measure::HostCounters> hostCounters() const;
    std::vector<measure::LinkCounters> linkCounters() const;
    void lookForCrowds();
    void addMachines(record::Interval& interval);

    // tracing.cpp
    bool isSampled(std::uint64_t number) const {
        return options_.level == record::Level::Full || number % options_.sampleEvery == 0;
    }
    bool mayRecordFailure() const;
    void beginTrace(Request& request, std::uint64_t number);
    record::Request& traceOf(Request const& request) {
        return traces_[traceIndices_[request.index]];
    }
    void addSpan(Call const& call, std::uint32_t replica);
    /// The span of the attempt under way; null if its request is not traced.
    record::Span* spanOf(Call const& call) {
        return isTracing_ ? tracedSpan(call.request, callSpans_[call.index].current) : nullptr;
    }
    record::Span* spanOf(Task const& task) {
        return isTracing_ ? tracedSpan(task.request, taskSpans_[task.index]) : nullptr;
    }
    record::Span* tracedSpan(std::uint32_t request, std::uint32_t span);
    void endTrace(Request& request);

    /// What stands beside a call or task; put there when it is first asked for.
    CallDetails& detailsOf(Call& call) {
        return call.hasDetails ? callDetails_[call.index] : addDetails(call);
    }
    CallDetails const& detailsOf(Call const& call) const { return callDetails_[call.index]; }
    TaskDetails& detailsOf(Task& task) {
        return task.hasDetails ? taskDetails_[task.index] : addDetails(task);
    }
    TaskDetails const& detailsOf(Task const& task) const { return taskDetails_[task.index]; }
    StrandDetails& detailsOf(Strand& strand) {
        if (strand.hasDetails)
            return strandDetails_[strand.index];
        strand.hasDetails = true;
        return strandDetails_.put(strand.index);
    }
    std::uint32_t firstTurnOf(Strand const& strand) const {
        return strand.hasDetails ? strandDetails_[strand.index].firstTurn : 0;
    }
    CallDetails& addDetails(Call& call) {
        call.hasDetails = true;
        return callDetails_.put(call.index);
    }
    TaskDetails& addDetails(Task& task) {
        task.hasDetails = true;
        return taskDetails_.put(task.index);
    }
    /// The replica's own number, or the load's client.
    std::uint32_t instanceOf(Call const& call) const {
        return call.isOfLoad ? call.caller : replicas_[call.caller].number;
    }
    Site const& siteOf(Task const& task) const { return plan_.sites[task.site]; }
    Edge const& edgeOf(Task const& task) const { return plan_.edges[siteOf(task).edge]; }
    std::uint32_t endpointOf(Task const& task) const { return siteOf(task).endpoint; }

    /// The event of a task, call or strand; stale once that has ended.
    template <class T>
    static kernel::Event eventOf(EventKind kind, T const& about, std::uint16_t small = 0) {
        return {static_cast<std::uint16_t>(kind), small, about.index, about.generation, 0};
    }

    Plan plan_;
    verdict::Demand demand_;
    WorldOptions options_;
    kernel::Kernel& kernel_;
    platform::Platform& platform_;
    platform::Machines* machines_ = nullptr; // null: no machines
    HostingState hosting_;
    record::MomentSink* sink_ = nullptr;
    std::function<void(std::uint32_t)> timeline_;
    record::Digest digest_;

    kernel::Pool<Request> requests_;
    kernel::Pool<Call> calls_{7};
    kernel::Pool<Task> tasks_{17};
    kernel::Pool<Strand> strands_{37};
    kernel::Beside<CallDetails> callDetails_;
    kernel::Beside<TaskDetails> taskDetails_;
    kernel::Beside<StrandDetails> strandDetails_;
    kernel::Beside<CallSpans> callSpans_;        // while tracing
    kernel::Beside<std::uint32_t> taskSpans_;    // while tracing
    kernel::Beside<DataKey> dataKeys_;           // of requests, where keys matter
    kernel::Beside<std::uint32_t> traceIndices_; // of traced requests

    std::vector<LoadState> loads_;
    std::vector<ServiceState> services_;
    std::vector<Replica> replicas_;
    std::vector<std::vector<EdgeState>> edges_;
    std::vector<LinkState> links_;
    std::vector<CallState> callStates_;
    std::vector<ExpressSite> expressSites_;   // by site
    std::vector<std::uint32_t> timeoutLanes_; // by edge
    std::vector<std::uint32_t> waitLanes_;    // by service: max_wait
    std::vector<std::uint32_t> agenda_;       // replicas with a worker free and somebody waiting
    std::size_t agendaHead_ = 0;
    std::vector<std::uint32_t> candidates_; // of the pick under way
    struct FreedGate {
        std::uint32_t edge = 0;
        std::uint32_t instance = 0;
        Guard which = Guard::Bulkhead;
    };
    std::vector<FreedGate> freedGates_; // with a permit free and somebody waiting
    std::uint32_t hungReplicas_ = 0;
    std::uint32_t networkFaults_ = 0; // partitions, black holes and modifiers in force

    // Streams, by endpoint, edge, service.
    std::vector<chance::Stream> endpointStreams_;
    std::vector<chance::Stream> networkStreams_;
    std::vector<chance::Stream> balanceStreams_;
    std::vector<std::shared_ptr<resilience::HashTables>> hashTables_; // by edge
    std::vector<chance::Stream> backoffStreams_;
    std::vector<chance::Stream> serviceStreams_;

    struct ServiceTime {
        double sum = 0;
        double weight = 0;
    };
    std::vector<ServiceTime> serviceTimes_; // by endpoint, as observed (for drop: hopeless)

    // Measures.
    verdict::Evidence evidence_;
    std::uint64_t windowsOpen_ = 0;
    struct WindowStart {
        SimTime at;
        std::vector<measure::ServiceCounters> services;
        std::vector<measure::CallCounters> calls;
        std::vector<measure::HostCounters> hosts;
        std::vector<measure::LinkCounters> links;
    };
    void addHostDifference(verdict::WindowEvidence& sum, WindowStart const& start) const;
    std::vector<WindowStart> windowStarts_;
    std::vector<std::uint32_t> serviceMeters_, endpointMeters_, callMeters_;
    std::vector<std::uint32_t> loadSeconds_, serviceSeconds_, endpointSeconds_, callSeconds_;
    std::vector<SecondsMeter> secondsMeters_;
    std::vector<measure::ServiceCounters> intervalServices_;
    std::vector<measure::CallCounters> intervalCalls_;
    std::vector<measure::HostCounters> intervalHosts_, lookedAtHosts_;
    std::vector<measure::LinkCounters> intervalLinks_;
    std::vector<platform::Use> lookedAtReplicas_;
    SimTime lastTick_;
    Duration batchLength_;
    std::uint16_t batch_ = 0;
    SimTime batchEnds_;
    std::vector<record::Request> traces_;
    std::vector<std::uint32_t> freeTraces_;
    std::uint32_t failuresRecorded_ = 0;
    bool metersTasks_ = false;
    bool mayExpress_ = true;
    bool isTracing_ = false;      // some requests are recorded
    bool tellsIntervals_ = false; // what came of requests is counted by interval

    SimTime instant_;
    std::uint64_t eventsAtInstant_ = 0;
};

inline constexpr std::size_t batchCount = 40;

} // namespace shakedown::world
