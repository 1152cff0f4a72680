#include "core/corpus/sentences.h"

#include <cctype>
#include <vector>

namespace emc::corpus {

namespace {

using Words = std::vector<std::string>;

const Words kOpeners = {"well",     "so",      "and then", "you see", "but",       "in the end",
                        "honestly", "I guess", "at first", "anyway",  "to be fair"};
const Words kPeople = {"we",       "they",       "my sister",  "the neighbour", "our teacher",
                       "a friend", "my boss",    "the driver", "everybody",     "the children",
                       "I",        "this woman", "her uncle",  "the doctor",    "two players"};
const Words kActs = {"moved",    "painted",  "forgot",       "borrowed",  "repaired",     "cancelled", "opened",
                     "followed", "sold",     "carried",      "washed",    "found",        "dropped",   "planned",
                     "watched",  "measured", "brought back", "gave away", "looked after", "missed"};
const Words kThings = {"the boat",           "a yellow chair", "that old guitar", "the shopping",   "her bicycle",
                       "the kitchen window", "a huge cake",    "the tickets",     "some pictures",  "the wrong key",
                       "their garden",       "a box of tools", "the last train",  "my jacket",      "the whole project",
                       "a letter",           "the soup",       "five lemons",     "a broken clock", "the meeting"};
const Words kTimes = {"yesterday", "on Monday", "last summer",     "before lunch",
                      "again",     "at night",  "for three weeks", "this morning",
                      "too early", "just now",  "after the show",  "every single day"};
const Words kPlaces = {"in the street", "near the river", "at work",    "behind the school", "in Porto",
                       "on the stairs", "at the station", "over there", "in a tiny room",    "by the lake"};
const Words kShort = {"yes",    "no way",     "of course", "maybe",       "it was late", "that is true", "why not",
                      "I know", "not really", "look",      "pretty good", "I think so",  "what a day",   "all right"};
const Words kFeedback = {"mm", "yeah", "okay", "right", "oh", "I see", "sure", "really", "uh huh", "oh no"};

} // namespace

int countSyllables(const std::string& text) {
    int count = 0;
    bool inVowels = false;
    for (const char c : text) {
        const bool vowel = std::string("aeiouy").find(static_cast<char>(std::tolower(static_cast<unsigned char>(c)))) !=
                           std::string::npos;
        count += vowel && !inVowels;
        inVowels = vowel;
    }
    return count;
}

std::string makeFeedback(Random& random) {
    return random.pick(kFeedback);
}

std::string makeSentence(Random& random, int syllables) {
    if (syllables <= 3) return random.pick(kShort);
    std::string text;
    const auto add = [&](const Words& words) { text += (text.empty() ? "" : " ") + random.pick(words); };
    if (syllables > 6 && random.chance(.5)) add(kOpeners);
    // Whole parts are added until the length is reached, so that units end where a phrase ends.
    for (int part = 0; countSyllables(text) < syllables - 1; ++part) {
        switch (part % 6) {
        case 0: add(kPeople); break;
        case 1: add(kActs); break;
        case 2: add(kThings); break;
        case 3: add(random.chance(.5) ? kTimes : kPlaces); break;
        case 4: text += " and"; break;
        default:
            if (random.chance(.3)) add(kOpeners);
        }
    }
    return text;
}

} // namespace emc::corpus
