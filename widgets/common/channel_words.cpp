#include "widgets/common/channel_words.h"

#include <QCoreApplication>

#include "core/api/vectors.h"

namespace emc {

namespace {
[[maybe_unused]] constexpr const char* kWords[] = {
    QT_TRANSLATE_NOOP("Channels", "valence"), QT_TRANSLATE_NOOP("Channels", "arousal"),
    QT_TRANSLATE_NOOP("Channels", "neutral"), QT_TRANSLATE_NOOP("Channels", "happy"),
    QT_TRANSLATE_NOOP("Channels", "sad"),     QT_TRANSLATE_NOOP("Channels", "surprise"),
    QT_TRANSLATE_NOOP("Channels", "fear"),    QT_TRANSLATE_NOOP("Channels", "disgust"),
    QT_TRANSLATE_NOOP("Channels", "anger"),   QT_TRANSLATE_NOOP("Channels", "contempt"),
};
} // namespace

QString channelWord(int channel) {
    if (channel < 0 || channel >= kEmotionDims) return {};
    const std::string name(kEmotionNames[static_cast<std::size_t>(channel)]);
    return channel < kValence ? QString::fromStdString(name) : QCoreApplication::translate("Channels", name.c_str());
}

} // namespace emc
