#include <gtest/gtest.h>

#include "core/models/kept_clips.h"

using namespace emc;

namespace {

struct Known {
    std::string key;
    std::int64_t room = 1;
    int value = 0;
    std::int64_t weight() const { return room; }
};

std::string keptOf(const KeptClips<Known>& clips) {
    std::string kept;
    for (const char* key : {"a", "b", "c", "d"})
        if (clips.find(key)) kept += key;
    return kept;
}

TEST(KeptClips, TheOldestGoWhenThereIsNoRoom) {
    KeptClips<Known> clips(3);
    for (const char* key : {"a", "b", "c"}) clips.keep({key});
    EXPECT_EQ(keptOf(clips), "abc");
    clips.keep({"d"});
    EXPECT_EQ(keptOf(clips), "bcd");
    clips.keep({"a", 2});
    EXPECT_EQ(keptOf(clips), "ad");
    clips.clear();
    EXPECT_EQ(keptOf(clips), "");
}

TEST(KeptClips, WhatIsKeptAgainIsTheNewestAndStandsOnce) {
    KeptClips<Known> clips(2);
    clips.keep({"a", 1, 1});
    clips.keep({"b", 1, 2});
    clips.keep({"a", 1, 3});
    ASSERT_NE(clips.find("a"), nullptr);
    EXPECT_EQ(clips.find("a")->value, 3);
    clips.keep({"c"});
    EXPECT_EQ(keptOf(clips), "ac");
}

TEST(KeptClips, OneThatHasNoRoomEvenAloneIsNotKept) {
    KeptClips<Known> clips(3);
    clips.keep({"a"});
    clips.keep({"b", 4});
    EXPECT_EQ(keptOf(clips), "a");
}

} // namespace
