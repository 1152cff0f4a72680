#pragma once
// What a host has computed of the clips it answered last, so that a toggled modality or another draw begins from there.
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

namespace emc {

// `Known` has a `key` (EmcScene::key()) and a weight(), the room that it takes.
template <class Known>
class KeptClips {
public:
    explicit KeptClips(std::int64_t room) : m_room(room) {}
    void clear() { m_clips.clear(); }

    // nullptr: not kept, or no longer.
    const Known* find(const std::string& key) const {
        for (const Known& known : m_clips)
            if (known.key == key) return &known;
        return nullptr;
    }

    // In place of what was kept under its key. The oldest make room; one that has none even alone is not kept.
    void keep(Known known) {
        std::erase_if(m_clips, [&](const Known& old) { return old.key == known.key; });
        if (known.weight() > m_room) return;
        m_clips.push_front(std::move(known));
        std::int64_t taken = 0;
        std::erase_if(m_clips, [&](const Known& one) { return (taken += one.weight()) > m_room; });
    }

private:
    std::int64_t m_room;
    std::deque<Known> m_clips; // newest first
};

} // namespace emc
