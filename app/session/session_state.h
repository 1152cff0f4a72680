#pragma once
// Everything of a session that can be undone, as one value. Paths are absolute here and relative in the file.
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

#include "core/api/frame_span.h"
#include "core/api/reactions.h"

namespace emc {

struct ClipConditions {
    std::vector<FrameSpan> faceMissing, speechMissing;
    friend bool operator==(const ClipConditions&, const ClipConditions&) = default;
};

struct SessionState {
    QStringList clips; // of this session, in order; `clip` is one of them or empty
    QString clip;
    QMap<QString, ClipConditions> conditions; // by clip
    bool face = true, speech = true;          // switches for the whole clip
    bool emotionAttention = true, compensation = true;
    QStringList models; // shown ones by slot
    bool realListener = true;
    quint64 seed = 7;
    bool seedLocked = true;
    int sample = 0; // displayed, 0-based
    double temperature = 1.0;
    bool perFrameDraws = false;
    std::optional<FrameSpan> loop;
    int quantity = 7; // index of kEmotionNames: AU12
    int view = 1;     // front, three-quarter, profile
    bool oneCamera = true;

    const ClipConditions& here() const;
    Availability availability() const; // switches and spans of the current clip
    friend bool operator==(const SessionState&, const SessionState&) = default;
};

// What is saved but not undone.
struct SessionView {
    int playhead = 0;
    QString page = QStringLiteral("explore"), rightTab = QStringLiteral("attention");
    QJsonObject layout; // by page, as each page gives it
};

inline constexpr int kSamples = 10;

} // namespace emc
