#include "core/study/damage.h"

#include <charconv>
#include <cmath>

#include "core/api/error.h"
#include "core/study/study_random.h"

namespace emc {
namespace {

struct KindInfo {
    DamageKind kind;
    const char* name;
    const char* label;
    double low, high;
    bool bursts;
    const char* range;
};

constexpr const char* kShare = "a share from 0 to 1";
constexpr KindInfo kKinds[] = {
    {DamageKind::FaceLoss, "face-loss", "face lost", 0, 1, true, kShare},
    {DamageKind::SpeechLoss, "speech-loss", "voice lost", 0, 1, true, kShare},
    {DamageKind::FaceChain, "face-chain", "face lost (chain)", 0, 1, true, kShare},
    {DamageKind::SpeechChain, "speech-chain", "voice lost (chain)", 0, 1, true, kShare},
    {DamageKind::Noise, "noise", "noise", -40, 80, false, "a signal-to-noise ratio from -40 to 80 dB"},
    {DamageKind::Mute, "mute", "sound muted", 0, 1, true, kShare},
    {DamageKind::Blur, "blur", "blurred face", 0, 0.5, false, "a radius from 0 to 0.5 of the picture's side"},
    {DamageKind::Mask, "mask", "masked face", 0, 1, false, "a share of the picture's height from 0 to 1"},
    {DamageKind::Freeze, "freeze", "frozen video", 0, 1, true, kShare},
    {DamageKind::Desync, "desync", "late sound", -750, 750, false, "frames from -750 to 750"},
    {DamageKind::LowRate, "low-rate", "low frame rate", 0.1, 120, false, "pictures a second from 0.1 to 120"}};

const KindInfo& infoOf(DamageKind kind) {
    for (const KindInfo& info : kKinds)
        if (info.kind == kind) return info;
    return kKinds[0];
}

std::string number(double value) {
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

bool readNumber(const std::string& text, double& value) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

// Positions 1..total-1 cut into `parts` pieces of at least one, every way equally likely.
std::vector<int> pieces(int total, int parts, StudyRandom& random) {
    std::vector<int> lengths;
    int last = 0, left = parts - 1;
    for (int at = 1; at < total && left > 0; ++at)
        if (random.uniform() * (total - at) < left) {
            lengths.push_back(at - last);
            last = at;
            --left;
        }
    lengths.push_back(total - last);
    return lengths;
}

} // namespace

std::string damageText(const Damage& damage) {
    const KindInfo& info = infoOf(damage.kind);
    return std::string(info.name) + ":" + number(damage.level) + (info.bursts ? ":" + number(damage.burst) : "");
}

std::string damageLabel(const Damage& damage) {
    const KindInfo& info = infoOf(damage.kind);
    const auto percent = [&] { return number(std::round(1000 * damage.level) / 10) + " %"; };
    std::string text = std::string(info.label) + ", ";
    switch (damage.kind) {
    case DamageKind::Noise: return text + number(damage.level) + " dB";
    case DamageKind::Desync: return text + number(damage.level) + " frames";
    case DamageKind::LowRate: return text + number(damage.level) + " fps";
    case DamageKind::Blur: return text + "radius " + percent();
    default: return text + percent();
    }
}

Damage parseDamage(const std::string& text) {
    const auto colon = text.find(':'), second = colon == std::string::npos ? colon : text.find(':', colon + 1);
    const std::string name = text.substr(0, colon);
    for (const KindInfo& info : kKinds) {
        if (name != info.name) continue;
        Damage damage;
        damage.kind = info.kind;
        const std::string level =
            colon == std::string::npos
                ? ""
                : text.substr(colon + 1, second == std::string::npos ? second : second - colon - 1);
        const bool hasBurst = second != std::string::npos;
        if (!readNumber(level, damage.level) || damage.level < info.low || damage.level > info.high ||
            (hasBurst && (!info.bursts || !readNumber(text.substr(second + 1), damage.burst) || damage.burst < 1 ||
                          damage.burst > 1e6)))
            throw Error(ErrorKind::Usage, "\"" + text + "\" is not a damage", "--damage",
                        std::string("Write ") + info.name + ":LEVEL" + (info.bursts ? "[:BURST]" : "") +
                            "; the level is " + info.range +
                            (info.bursts ? ", the burst a mean length of 1 frame or more" : ""));
        return damage;
    }
    std::string known;
    for (const KindInfo& info : kKinds) known += (known.empty() ? "" : ", ") + std::string(info.name);
    throw Error(ErrorKind::Usage, "there is no damage named \"" + name + "\"", "--damage", "Known: " + known);
}

std::vector<Damage> failurePresets() {
    return {{DamageKind::FaceChain, 0.3}, {DamageKind::SpeechChain, 0.3}, {DamageKind::Noise, 10},
            {DamageKind::Noise, 0},       {DamageKind::Mute, 0.3},        {DamageKind::Blur, 0.1},
            {DamageKind::Mask, 0.45},     {DamageKind::Freeze, 0.3, 50},  {DamageKind::Desync, 12},
            {DamageKind::LowRate, 5}};
}

std::vector<FrameSpan> lostSpans(int frames, double share, double burst, std::uint64_t seed) {
    const int lost = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * std::max(0, frames)));
    if (lost == 0) return {};
    if (lost == frames) return {{0, frames}};
    const int kept = frames - lost;
    const int gaps = static_cast<int>(
        std::clamp(std::round(lost / std::max(1.0, burst)), 1.0, static_cast<double>(std::min(lost, kept + 1))));
    StudyRandom random(seed);
    const std::vector<int> away = pieces(lost, gaps, random);
    std::vector<int> there = pieces(kept + 2, gaps + 1, random); // the two ends may be empty
    --there.front();
    std::vector<FrameSpan> spans;
    int at = 0;
    for (std::size_t i = 0; i < away.size(); ++i) {
        at += there[i];
        spans.push_back({at, at + away[i]});
        at += away[i];
    }
    return spans;
}

std::vector<FrameSpan> gilbertElliottSpans(int frames, double share, double burst, std::uint64_t seed) {
    if (share <= 0 || frames < 1) return {};
    if (share >= 1) return {{0, frames}};
    double leave = 1 / std::max(1.0, burst), enter = leave * share / (1 - share);
    if (enter > 1) {
        enter = 1;
        leave = (1 - share) / share;
    }
    StudyRandom random(seed);
    std::vector<bool> lost;
    bool bad = random.uniform() < share;
    for (int t = 0; t < frames; ++t) {
        lost.push_back(bad);
        bad = random.uniform() < (bad ? 1 - leave : enter);
    }
    return spansOf(lost);
}

std::uint64_t damageSeed(std::uint64_t clipSeed, std::size_t i, DamageKind kind) {
    return namedSeed(clipSeed + i, infoOf(kind).name);
}

Availability damageAvailability(const std::vector<Damage>& damages, int frames, std::uint64_t clipSeed) {
    Availability availability;
    for (std::size_t i = 0; i < damages.size(); ++i) {
        const Damage& damage = damages[i];
        const std::uint64_t seed = damageSeed(clipSeed, i, damage.kind);
        const bool face = damage.kind == DamageKind::FaceLoss || damage.kind == DamageKind::FaceChain;
        const bool speech = damage.kind == DamageKind::SpeechLoss || damage.kind == DamageKind::SpeechChain;
        if (!face && !speech) continue;
        const bool chain = damage.kind == DamageKind::FaceChain || damage.kind == DamageKind::SpeechChain;
        const auto spans = chain ? gilbertElliottSpans(frames, damage.level, damage.burst, seed)
                                 : lostSpans(frames, damage.level, damage.burst, seed);
        auto& all = face ? availability.faceMissing : availability.speechMissing;
        all.insert(all.end(), spans.begin(), spans.end());
    }
    return availability;
}

} // namespace emc
