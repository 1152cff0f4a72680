#include "core/corpus/performance.h"

#include <algorithm>
#include <cmath>

namespace emc::corpus {

namespace {

std::vector<FeelingLevels> course(const Script& script, int frames, Channel channel) {
    std::vector<FeelingLevels> levels(static_cast<std::size_t>(frames));
    for (int t = 0; t < frames; ++t)
        levels[static_cast<std::size_t>(t)] = feelingsAt(script, (t + .5) / kFrameRateHz, channel);
    return levels;
}

// Expressions that mean nothing: polite smiles, brows raised for emphasis, frowns of thinking. The listener does not
// answer them, so the face alone is a doubtful witness, as in life.
constexpr double kEmptyExpressionsPerMinute = 18;
std::vector<FeelingLevels> withEmptyExpressions(std::vector<FeelingLevels> levels, Random& random) {
    const double seconds = static_cast<double>(levels.size()) / kFrameRateHz;
    Script empty;
    empty.seconds = seconds;
    for (double time = random.exponential(60 / kEmptyExpressionsPerMinute); time < seconds;
         time += .5 + random.exponential(60 / kEmptyExpressionsPerMinute - .5))
        empty.episodes.push_back({static_cast<Feeling>(random.below(kFeelings)), time, random.uniform(.5, 1.8),
                                  random.uniform(.35, .95), true, false});
    for (std::size_t t = 0; t < levels.size(); ++t) {
        const FeelingLevels more = feelingsAt(empty, (static_cast<double>(t) + .5) / kFrameRateHz, Channel::Face);
        for (std::size_t k = 0; k < kFeelings; ++k) levels[t][k] = std::max(levels[t][k], more[k]);
    }
    return levels;
}

std::vector<bool> talking(const std::vector<TalkUnit>& units, int frames) {
    std::vector<bool> flags(static_cast<std::size_t>(frames));
    for (int t = 0; t < frames; ++t) flags[static_cast<std::size_t>(t)] = talksAt(units, (t + .5) / kFrameRateHz);
    return flags;
}

std::vector<double> endsOf(const std::vector<TalkUnit>& units) {
    std::vector<double> ends;
    for (const TalkUnit& u : units)
        if (!u.feedback) ends.push_back(u.end());
    return ends;
}

// The listener answers every episode as a whole, whether it was seen or heard.
std::vector<FeelingLevels> answer(const Script& played, const std::vector<TalkUnit>& spoken, const Person& listener,
                                  int frames, Random& random) {
    Script reply;
    reply.seconds = played.seconds;
    for (Episode e : played.episodes) {
        auto k = static_cast<std::size_t>(e.feeling);
        e.start += random.uniform(.2, 1.0);
        e.strength *= listener.answerGain[k] * random.uniform(.85, 1.15);
        if (e.feeling == Feeling::Surprise && listener.smilesAtSurprise) e.feeling = Feeling::Smile;
        e.inFace = true;
        reply.episodes.push_back(e);
    }
    const auto own = static_cast<Feeling>(random.below(kFeelings)); // one of his own thoughts
    reply.episodes.push_back({own, random.uniform(1, std::max(1.5, played.seconds - 3)), random.uniform(1.2, 2.5),
                              random.uniform(.4, .8), true, true});
    for (const TalkUnit& unit : spoken)
        if (!unit.feedback && random.chance(.35 * listener.smileAtUnitEnd))
            reply.episodes.push_back({Feeling::Smile, unit.end() + random.uniform(0, .35), random.uniform(.5, .9),
                                      random.uniform(.25, .5), true, true});
    return course(reply, frames, Channel::Face);
}

void putUnits(std::vector<float>& hidden, const std::vector<TalkUnit>& units, std::size_t column, int frames) {
    float number = 0;
    for (const TalkUnit& unit : units) {
        ++number;
        for (int t = std::max(0, static_cast<int>(std::lround(unit.start * kFrameRateHz)));
             t < std::min(frames, static_cast<int>(std::lround(unit.end() * kFrameRateHz))); ++t)
            hidden[static_cast<std::size_t>(t) * kHiddenColumns + column] = unit.feedback ? -number : number;
    }
}

} // namespace

Performance perform(std::uint64_t seed, int scriptId, int performance, int frames) {
    const auto a = static_cast<std::uint64_t>(scriptId), b = static_cast<std::uint64_t>(performance);
    const Script played = jittered(makeScript(seed, scriptId, frames / kFrameRateHz), seed, performance);
    Performance result;
    result.frames = frames;
    result.speaker.person = makePerson(seed, "speaker", scriptId, performance);
    result.listener.person = makePerson(seed, "listener", scriptId, performance);

    const auto hiddenCourse = course(played, frames, Channel::Hidden), seen = course(played, frames, Channel::Face),
               heard = course(played, frames, Channel::Voice);
    Random voiceRandom = Random::stream(seed, "speaker voice", a, b);
    VoiceTrack voice = makeVoice(result.speaker.person, played.speaker, heard, voiceRandom);
    Random faceRandom = Random::stream(seed, "speaker face", a, b);
    result.speaker.face = makeFace(result.speaker.person,
                                   {withEmptyExpressions(seen, faceRandom),
                                    voice.mouth,
                                    talking(voice.units, frames),
                                    endsOf(voice.units),
                                    {},
                                    {}},
                                   faceRandom);

    Random replyRandom = Random::stream(seed, "listener reply", a, b);
    FaceInput reply;
    reply.shown = answer(played, voice.units, result.listener.person, frames, replyRandom);
    for (const TalkUnit& unit : voice.units)
        if (!unit.feedback && replyRandom.chance(.6 * result.listener.person.nodAtUnitEnd))
            reply.nods.push_back(unit.end() + replyRandom.uniform(-.2, .3));
    for (const TalkUnit& unit : played.listener)
        if (unit.feedback && replyRandom.chance(.7)) reply.nods.push_back(unit.start);
    Random replyVoiceRandom = Random::stream(seed, "listener voice", a, b);
    VoiceTrack replyVoice = makeVoice(result.listener.person, played.listener, reply.shown, replyVoiceRandom);
    reply.mouth = replyVoice.mouth;
    reply.talking = talking(replyVoice.units, frames);
    reply.unitEnds = endsOf(replyVoice.units);
    constexpr int kHeadLag = 15; // 600 ms
    reply.headFollow.assign(static_cast<std::size_t>(frames), {});
    for (int t = kHeadLag; t < frames; ++t)
        for (std::size_t d = 0; d < 3; ++d)
            reply.headFollow[static_cast<std::size_t>(t)][d] =
                result.listener.person.headMirror *
                result.speaker.face.coeffs[static_cast<std::size_t>(t - kHeadLag) * kCoeffDims + kShapeDims + d];
    Random replyFaceRandom = Random::stream(seed, "listener face", a, b);
    result.listener.face = makeFace(result.listener.person, reply, replyFaceRandom);

    result.hidden.assign(static_cast<std::size_t>(frames) * kHiddenColumns, 0.f);
    for (int t = 0; t < frames; ++t)
        for (std::size_t k = 0; k < kFeelings; ++k) {
            float* row = result.hidden.data() + static_cast<std::size_t>(t) * kHiddenColumns;
            row[k] = static_cast<float>(hiddenCourse[static_cast<std::size_t>(t)][k]);
            row[4 + k] = static_cast<float>(seen[static_cast<std::size_t>(t)][k]);
            row[8 + k] = static_cast<float>(heard[static_cast<std::size_t>(t)][k]);
        }
    putUnits(result.hidden, voice.units, 12, frames);
    putUnits(result.hidden, replyVoice.units, 13, frames);
    result.speaker.sound = std::move(voice.samples);
    result.listener.sound = std::move(replyVoice.samples);
    return result;
}

} // namespace emc::corpus
