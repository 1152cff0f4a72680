#pragma once
// What people say: everyday talk from a small grammar of our own. The words mean nothing to the models; their sounds
// must vary.
#include <string>

#include "core/corpus/random.h"

namespace emc::corpus {

// About `syllables` syllables of talk, at least one word.
std::string makeSentence(Random& random, int syllables);
std::string makeFeedback(Random& random); // "mhm", "oh really"
int countSyllables(const std::string& text);

} // namespace emc::corpus
