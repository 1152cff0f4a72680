#pragma once
// Hands values from one thread to the next, holding few of them so that memory stays small.
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace emc {

template <class T>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t room) : m_room(room) {}

    // Waits for room; false when the queue was stopped.
    bool push(T value) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [&] { return m_stopped || m_values.size() < m_room; });
        if (m_stopped) return false;
        m_values.push_back(std::move(value));
        m_wake.notify_all();
        return true;
    }
    // Waits for a value; empty after finish() and the last value, or after stop().
    std::optional<T> pop() {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [&] { return m_stopped || m_finished || !m_values.empty(); });
        if (m_stopped || m_values.empty()) return std::nullopt;
        std::optional<T> value(std::move(m_values.front()));
        m_values.pop_front();
        m_wake.notify_all();
        return value;
    }
    void finish() { // no more values will come
        std::lock_guard lock(m_mutex);
        m_finished = true;
        m_wake.notify_all();
    }
    void stop() { // both sides give up
        std::lock_guard lock(m_mutex);
        m_stopped = true;
        m_values.clear();
        m_wake.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<T> m_values;
    std::size_t m_room;
    bool m_stopped = false, m_finished = false;
};

} // namespace emc
