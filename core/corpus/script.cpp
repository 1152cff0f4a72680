#include "core/corpus/script.h"

#include <algorithm>
#include <cmath>

#include "core/corpus/random.h"

namespace emc::corpus {

namespace {

double smoothStep(double x) {
    x = std::clamp(x, 0.0, 1.0);
    return x * x * (3 - 2 * x);
}

Feeling drawFeeling(Random& random) {
    const double u = random.uniform();
    return u < .42 ? Feeling::Smile : u < .64 ? Feeling::Surprise : u < .84 ? Feeling::Worry : Feeling::Frustration;
}

std::vector<Episode> drawEpisodes(Random& random, double seconds) {
    std::vector<Episode> episodes;
    double time = random.uniform(.3, 2.5);
    while (time < seconds - 1) {
        Episode e;
        e.feeling = drawFeeling(random);
        e.start = time;
        e.length = random.uniform(1.4, 4);
        e.strength = random.uniform(.7, 1.1);
        const double where = random.uniform();
        e.inFace = where < .25 || where >= .5;
        e.inVoice = where >= .25;
        episodes.push_back(e);
        time += e.length + .7 + random.exponential(1.8);
    }
    return episodes;
}

// A feeling that shows in the voice needs talk to show in: pauses within such an episode are short.
bool voiceNeeded(const std::vector<Episode>& episodes, double time) {
    return std::any_of(episodes.begin(), episodes.end(),
                       [&](const Episode& e) { return e.inVoice && time > e.start - .2 && time < e.start + e.length; });
}

void drawTalk(Random& random, Script& script) {
    double time = random.uniform(0, .5);
    while (time < script.seconds - .5) {
        TalkUnit unit{time, std::clamp(random.logNormal(1.18, .55), .35, 4.5), false};
        unit.length = std::min(unit.length, script.seconds - .1 - time);
        if (unit.length < .3) break;
        script.speaker.push_back(unit);
        const bool pressed = voiceNeeded(script.episodes, unit.end());
        // Floor transfer offsets: median 0, quartiles about -350 and +310 ms.
        const auto transfer = [&] { return std::clamp(random.normal(0, .48), -.9 * unit.length, 1.2); };
        if (!pressed && random.chance(.27)) {
            TalkUnit answer{unit.end() + transfer(), std::clamp(random.logNormal(1.0, .5), .4, 2.6), false};
            answer.start = std::max(answer.start, .1);
            if (answer.end() < script.seconds - .3) {
                script.listener.push_back(answer);
                const double gap = std::clamp(random.normal(0, .48), -.9 * answer.length, 1.2);
                time = std::max(answer.end() + gap, unit.end() + .12);
                continue;
            }
        }
        if (random.chance(.29)) { // feedback lies over the end of the unit or in the pause after it
            const TalkUnit token{std::max(.1, unit.end() + random.uniform(-.35, .25)),
                                 std::clamp(random.logNormal(.38, .25), .2, .8), true};
            if (token.end() < script.seconds - .2) script.listener.push_back(token);
        }
        time = unit.end() + (pressed ? random.uniform(.12, .3) : std::clamp(random.logNormal(.32, .6), .14, 1.2));
    }
    std::sort(script.listener.begin(), script.listener.end(),
              [](const TalkUnit& a, const TalkUnit& b) { return a.start < b.start; });
    // One mouth cannot say two things at once.
    std::vector<TalkUnit> kept;
    for (const TalkUnit& unit : script.listener)
        if (kept.empty() || unit.start > kept.back().end() + .12) kept.push_back(unit);
    script.listener = std::move(kept);
}

} // namespace

double Episode::level(double time) const {
    const double since = time - start;
    return strength * smoothStep(since / .35) * smoothStep((length + .35 - since) / .45);
}

Script makeScript(std::uint64_t seed, int id, double seconds) {
    Random random = Random::stream(seed, "script", static_cast<std::uint64_t>(id));
    Script script;
    script.id = id;
    script.seconds = seconds;
    script.episodes = drawEpisodes(random, seconds);
    drawTalk(random, script);
    return script;
}

Script jittered(const Script& script, std::uint64_t seed, int performance) {
    Random random =
        Random::stream(seed, "jitter", static_cast<std::uint64_t>(script.id), static_cast<std::uint64_t>(performance));
    Script played = script;
    for (Episode& e : played.episodes) {
        e.start = std::max(.05, e.start + random.normal(0, .12));
        e.length = std::max(1.0, e.length + random.normal(0, .15));
        e.strength = std::clamp(e.strength * random.uniform(.85, 1.15), .5, 1.2);
    }
    for (auto* units : {&played.speaker, &played.listener}) {
        double free = .02;
        for (TalkUnit& unit : *units) {
            unit.start = std::max(free, unit.start + random.normal(0, .05));
            unit.length = std::max(.2, unit.length * random.uniform(.94, 1.06));
            free = unit.end() + .06;
        }
        std::erase_if(*units, [&](const TalkUnit& unit) { return unit.end() > script.seconds - .05; });
    }
    return played;
}

FeelingLevels feelingsAt(const Script& script, double time, Channel channel) {
    FeelingLevels levels{};
    for (const Episode& e : script.episodes) {
        const bool shown = channel == Channel::Hidden || (channel == Channel::Face ? e.inFace : e.inVoice);
        levels[static_cast<std::size_t>(e.feeling)] += e.level(time) * (shown ? 1 : kLeak);
    }
    return levels;
}

bool talksAt(const std::vector<TalkUnit>& units, double time) {
    return std::any_of(units.begin(), units.end(),
                       [&](const TalkUnit& u) { return time >= u.start && time < u.end(); });
}

} // namespace emc::corpus
