#pragma once
// The 25 values of a face (kEmotionNames) as people read them; files and settings keep the names of the core.
#include <QString>

namespace emc {

QString channelWord(int channel); // action units keep their names

} // namespace emc
