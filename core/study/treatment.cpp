#include "core/study/treatment.h"

#include <algorithm>

#include "core/study/study_random.h"

namespace emc {
namespace {

bool loses(DamageKind kind) {
    return kind == DamageKind::FaceLoss || kind == DamageKind::SpeechLoss || kind == DamageKind::FaceChain ||
           kind == DamageKind::SpeechChain;
}

bool doesNothing(const Damage& damage) {
    switch (damage.kind) {
    case DamageKind::Noise:
    case DamageKind::LowRate: return false;
    default: return damage.level == 0;
    }
}

std::string spansText(const std::vector<FrameSpan>& spans) {
    std::string text;
    for (const FrameSpan& span : normalisedSpans(spans, Availability::whole().end))
        text += " " + std::to_string(span.begin) + "-" + std::to_string(span.end);
    return text;
}

} // namespace

bool Treatment::missesSomething() const {
    return !faceMissing.empty() || !speechMissing.empty() ||
           std::any_of(damages.begin(), damages.end(), [](const Damage& damage) { return loses(damage.kind); });
}

std::string Treatment::fillName() const {
    return missesSomething() ? emc::fillName(fill) : "";
}

std::string Treatment::identity() const {
    std::string text = "face" + spansText(faceMissing) + ", speech" + spansText(speechMissing) + ", fill " + fillName();
    for (const Damage& damage : damages) text += ", " + damageText(damage);
    return damages.empty() ? text : text + ", seed " + std::to_string(damageSeed);
}

std::uint64_t Treatment::clipSeed(const ClipInfo& clip) const {
    return namedSeed(damageSeed, clip.contentHash.empty() ? clip.id : clip.contentHash);
}

Availability Treatment::availability(const ClipInfo& clip) const {
    Availability all = damageAvailability(damages, clip.frames, clipSeed(clip));
    all.faceMissing.insert(all.faceMissing.end(), faceMissing.begin(), faceMissing.end());
    all.speechMissing.insert(all.speechMissing.end(), speechMissing.begin(), speechMissing.end());
    return all;
}

Treatment withEverything() {
    return {};
}

Treatment withoutModality(Modality modality, Fill fill) {
    Treatment treatment;
    treatment.name = modality == Modality::Face ? "without-face" : "without-speech";
    treatment.fill = fill;
    (modality == Modality::Face ? treatment.faceMissing : treatment.speechMissing) = {Availability::whole()};
    return treatment;
}

Treatment withSpans(std::vector<FrameSpan> face, std::vector<FrameSpan> speech, Fill fill) {
    Treatment treatment;
    treatment.name = face.empty() && speech.empty() ? "both" : "spans";
    treatment.fill = fill;
    treatment.faceMissing = std::move(face);
    treatment.speechMissing = std::move(speech);
    return treatment;
}

Treatment withDamage(std::vector<Damage> damages, Fill fill, std::uint64_t seed) {
    std::erase_if(damages, doesNothing);
    Treatment treatment;
    treatment.fill = fill;
    treatment.damageSeed = seed;
    for (const Damage& damage : damages) {
        const bool whole = loses(damage.kind) && damage.level >= 1;
        const bool face = damage.kind == DamageKind::FaceLoss || damage.kind == DamageKind::FaceChain;
        if (whole) (face ? treatment.faceMissing : treatment.speechMissing) = {Availability::whole()};
        else treatment.damages.push_back(damage);
    }
    if (damages.empty()) return treatment;
    treatment.name.clear();
    for (const Damage& damage : damages) treatment.name += (treatment.name.empty() ? "" : "+") + damageText(damage);
    if (treatment.damages.empty() && treatment.faceMissing.empty() != treatment.speechMissing.empty())
        treatment.name = treatment.speechMissing.empty() ? "without-face" : "without-speech";
    return treatment;
}

const char* fillName(Fill fill) {
    return fill == Fill::Zeros ? "zeros" : fill == Fill::Mean ? "mean" : "cma";
}

std::vector<Fill> fillsOf(const ModelInfo& info) {
    if (info.condition == "baseline") return {};
    if (!info.condition.starts_with("emc")) return {Fill::Zeros};
    return {Fill::Cma, Fill::Zeros, Fill::Mean};
}

bool asked(const Treatment& treatment, const std::vector<std::string>& conditions, const std::vector<Fill>& fills) {
    const auto in = [](const auto& list, const auto& value) {
        return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    return in(conditions, treatment.name) && (!treatment.missesSomething() || in(fills, treatment.fill));
}

bool leavesSomething(const ModelInfo& info, const Treatment& treatment) {
    const auto gone = [&](Modality modality) {
        const auto& spans = modality == Modality::Face ? treatment.faceMissing : treatment.speechMissing;
        return std::find(spans.begin(), spans.end(), Availability::whole()) != spans.end();
    };
    return info.modalities.empty() || !std::all_of(info.modalities.begin(), info.modalities.end(), gone);
}

std::vector<Treatment> allTreatments(const ModelInfo& info) {
    std::vector<Treatment> treatments{withEverything()};
    const std::vector<Fill> fills = fillsOf(info);
    for (const Modality modality : {Modality::Face, Modality::Speech})
        if (std::find(info.modalities.begin(), info.modalities.end(), modality) != info.modalities.end())
            for (const Fill fill : fills) treatments.push_back(withoutModality(modality, fill));
    std::erase_if(treatments, [&](const Treatment& treatment) { return !leavesSomething(info, treatment); });
    return treatments;
}

} // namespace emc
