#pragma once

#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>

#include "chaos-agent/proxy/asio.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

namespace shakedown::tests {

// An io_context that a thread of its own runs. What belongs to it is made, used and destroyed
// through on().
class Loop {
public:
    Loop() : work_(io_.get_executor()), thread_([this] { io_.run(); }) {}
    ~Loop() {
        io_.stop();
        thread_.join();
    }
    Loop(Loop const&) = delete;
    Loop& operator=(Loop const&) = delete;

    proxy::asio::io_context& io() { return io_; }

    // Runs the function in the loop; throws if that takes longer than ten seconds.
    template <class F>
    auto on(F function) -> decltype(function()) {
        using Result = decltype(function());
        auto task = std::make_shared<std::packaged_task<Result()>>(std::move(function));
        auto result = task->get_future();
        proxy::asio::post(io_, [task] { (*task)(); });
        if (result.wait_for(std::chrono::seconds(10)) != std::future_status::ready) {
            throw std::runtime_error("the loop hangs");
        }
        return result.get();
    }

private:
    proxy::asio::io_context io_{1};
    proxy::asio::executor_work_guard<proxy::asio::io_context::executor_type> work_;
    std::thread thread_;
};

} // namespace shakedown::tests
