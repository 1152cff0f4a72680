#pragma once
// Words for the names of attentions, and what their two axes are. Unknown names are shown as they are.
#include <QString>

#include <utility>

#include "widgets/attention/attention_panel.h"

namespace emc {

enum class SideMeaning { Face, Speech, Emotion, Fused, Reaction };

inline QString siteWords(const QString& site) {
    if (site == QLatin1String("u_ea_f")) return AttentionPanel::tr("U-EA \u00b7 face");
    if (site == QLatin1String("u_ea_s")) return AttentionPanel::tr("U-EA \u00b7 speech");
    if (site == QLatin1String("m_ea")) return AttentionPanel::tr("M-EA");
    if (site == QLatin1String("s_ea")) return AttentionPanel::tr("S-EA");
    QString words = site;
    return words.replace(u'_', u' ');
}

inline QString partWords(const QString& part) {
    QString words = part;
    return words.replace(u'_', u'-');
}

inline QString sideWords(SideMeaning side) {
    switch (side) {
    case SideMeaning::Face: return AttentionPanel::tr("face");
    case SideMeaning::Speech: return AttentionPanel::tr("speech");
    case SideMeaning::Emotion: return AttentionPanel::tr("emotion");
    case SideMeaning::Fused: return AttentionPanel::tr("speaker");
    case SideMeaning::Reaction: break;
    }
    return AttentionPanel::tr("reaction");
}

// Query and key of "u_ea_s" / "cross": speech attends to emotion. self_x: the modality to itself; self_e: emotion to
// itself.
inline std::pair<SideMeaning, SideMeaning> sidesOf(const QString& site, const QString& part) {
    const bool ea = site.contains(QLatin1String("_ea"));
    SideMeaning x = SideMeaning::Reaction;
    if (site.endsWith(QLatin1String("_ea_f"))) x = SideMeaning::Face;
    else if (site.endsWith(QLatin1String("_ea_s"))) x = SideMeaning::Speech;
    else if (ea || site.contains(QLatin1String("encoder"))) x = SideMeaning::Fused;
    if (part == QLatin1String("self_e")) return {SideMeaning::Emotion, SideMeaning::Emotion};
    if (part.startsWith(QLatin1String("cross"))) return {x, ea ? SideMeaning::Emotion : SideMeaning::Fused};
    return {x, x};
}

} // namespace emc
