#pragma once
// What a model is given of each clip: everything, without a modality, with missing spans, or a damaged recording; and
// what stands in for what is missing.
#include <cstdint>
#include <string>
#include <vector>

#include "core/api/reaction_model.h"
#include "core/study/damage.h"

namespace emc {

struct Treatment {
    std::string name = "both"; // "both" | "without-face" | "without-speech" | "spans" | the text of the damages
    Fill fill = Fill::Cma;
    std::vector<FrameSpan> faceMissing, speechMissing; // of every clip
    std::vector<Damage> damages;                       // drawn for each clip from `damageSeed`
    std::uint64_t damageSeed = 1;

    bool missesSomething() const; // so that the substitute matters
    std::string fillName() const; // "cma" | "zeros" | "mean"; "" when nothing is missing
    std::string identity() const; // equal for treatments that do the same
    // Seed of all damage of a clip: the same for every model.
    std::uint64_t clipSeed(const ClipInfo& clip) const;
    Availability availability(const ClipInfo& clip) const;
};

Treatment withEverything();
Treatment withoutModality(Modality modality, Fill fill);
Treatment withSpans(std::vector<FrameSpan> face, std::vector<FrameSpan> speech, Fill fill);
// A loss of nothing is left out, a loss of all is "without-face" or "without-speech": the ends of a curve are the rows
// of a table.
Treatment withDamage(std::vector<Damage> damages, Fill fill, std::uint64_t seed);

const char* fillName(Fill fill);
// Baselines take everything only, hosts know no substitute but zeros, EMC knows all three.
std::vector<Fill> fillsOf(const ModelInfo& info);
// Whether a list of wishes names it; an empty list asks for everything. Substitutes only matter where something is
// missing.
bool asked(const Treatment& treatment, const std::vector<std::string>& conditions, const std::vector<Fill>& fills);
// Whether the model gets anything of what it reads. A model of one modality has no answer where that one is gone.
bool leavesSomething(const ModelInfo& info, const Treatment& treatment);
// "both", then each modality of the model missing with each of its substitutes, as far as something is left to it.
std::vector<Treatment> allTreatments(const ModelInfo& info);

} // namespace emc
