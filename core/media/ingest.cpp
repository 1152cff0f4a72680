#include "core/media/ingest.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include <unistd.h>

#include "core/api/error.h"
#include "core/data/clip_folder.h"
#include "core/data/mfcc.h"
#include "core/data/sha256.h"
#include "core/data/wav.h"
#include "core/media/ingest_face.h"
#include "core/media/sound.h"
#include "core/media/video.h"

namespace emc {
namespace {

constexpr int kSoundRate = 44100;
constexpr int kVoiceRate = 16000;

std::string secondsText(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f s", seconds);
    return text;
}

// Speech or not by loudness against the recording's own quiet level. A rule, used where no network is given.
std::vector<float> voiceFromLoudness(const std::vector<float>& rms) {
    std::vector<float> level(rms.size()), sorted;
    for (std::size_t i = 0; i < rms.size(); ++i) level[i] = 20 * std::log10(std::max(rms[i], 1e-5f));
    sorted = level;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.empty()) return {};
    const float quiet = sorted[sorted.size() / 10], loud = sorted[sorted.size() * 95 / 100];
    // Halfway between quiet and loud in decibels, but never below -50 dB: a track of noise only is not speech.
    const float threshold = std::max({quiet + 0.4f * (loud - quiet), quiet + 6, -50.0f});
    for (float& value : level) value = 1 / (1 + std::exp(-(value - threshold) / 2));
    return level;
}

// The sound from the clip's first frame on, so that sample 0 belongs to frame 0.
std::vector<float> alignedSound(const SoundTrack& track, double startS, double seconds,
                                std::vector<std::string>& notes) {
    const double late = track.startS - startS;
    if (std::abs(late) > 0.02)
        notes.push_back("the sound starts " + secondsText(std::abs(late)) +
                        (late > 0 ? " after the picture: silence before it" : " before the picture: cut"));
    const auto total = static_cast<std::int64_t>(std::llround(seconds * track.sound.rateHz));
    const auto offset = static_cast<std::int64_t>(std::llround(late * track.sound.rateHz));
    std::vector<float> out(static_cast<std::size_t>(std::max<std::int64_t>(0, total)), 0.0f);
    const auto have = static_cast<std::int64_t>(track.sound.samples.size());
    for (std::int64_t i = std::max<std::int64_t>(0, offset); i < std::min(total, offset + have); ++i)
        out[static_cast<std::size_t>(i)] = track.sound.samples[static_cast<std::size_t>(i - offset)];
    if (total - (offset + have) > track.sound.rateHz / 2)
        notes.push_back("the sound ends " +
                        secondsText(static_cast<double>(total - offset - have) / track.sound.rateHz) +
                        " before the picture: silence after it");
    return out;
}

// The 78 numbers look at the 40 ms that follow each frame's start; at another frame rate these spans overlap or leave
// gaps.
std::vector<float> speechNumbers(const std::vector<float>& sound, const std::vector<double>& frameS, double rateHz) {
    const int frames = static_cast<int>(frameS.size());
    if (rateHz == kFrameRateHz) return mfcc78(sound, kSoundRate, frames);
    std::vector<float> spans(static_cast<std::size_t>(frames) * kMfccSamplesPerFrame, 0.0f);
    for (int i = 0; i < frames; ++i) {
        const auto from = static_cast<std::size_t>(std::llround(frameS[static_cast<std::size_t>(i)] * kSoundRate));
        for (std::size_t k = 0; k < kMfccSamplesPerFrame && from + k < sound.size(); ++k)
            spans[static_cast<std::size_t>(i) * kMfccSamplesPerFrame + k] = sound[from + k];
    }
    return mfcc78(spans, kSoundRate, frames);
}

void refuseForeignFolder(const std::filesystem::path& clip) {
    std::error_code failure;
    if (!std::filesystem::exists(clip, failure)) return;
    if (!std::filesystem::is_directory(clip, failure))
        throw Error(ErrorKind::Usage, "a file of this name exists already", clip.string());
    if (!isClipFolder(clip) && !std::filesystem::is_empty(clip, failure))
        throw Error(ErrorKind::Usage, "this folder holds something else than a clip", clip.string(),
                    "Name a new folder");
}

} // namespace

IngestReport ingest(const std::filesystem::path& video, const std::filesystem::path& clip, const IngestOptions& options,
                    JobContext& job, const IngestHooks& hooks, IngestTimes* times) {
    if (options.cropSize < 16 || options.cropSize > 2048 || options.cropSize % 2)
        throw Error(ErrorKind::Usage, "the film's size must be even and between 16 and 2048");
    if (options.face < -1) throw Error(ErrorKind::Usage, "a face number counts from 0; -1 chooses the largest");
    refuseForeignFolder(clip);
    const auto begin = std::chrono::steady_clock::now();
    const MediaInfo media = probeMedia(video);
    if (!media.hasVideo && !media.hasSound)
        throw Error(ErrorKind::BadInput, "there is neither picture nor sound in this file", video.string());

    IngestReport report;
    ClipWriter writer(clip);
    ClipInfo info;
    info.id = clip.has_filename() ? clip.filename().string() : clip.parent_path().filename().string();
    info.source = video.filename().string();

    std::optional<SoundTrack> track;
    if (media.hasSound) {
        job.progress(0, 1, "sound");
        try {
            track = loadSoundTrack(video, kSoundRate, 1, &job);
        } catch (const Error& error) {
            if (!media.hasVideo || error.kind() == ErrorKind::Unsupported) throw;
            report.notes.push_back("the sound cannot be used: " + error.problem());
        }
    } else {
        report.notes.push_back("no sound track");
    }

    FaceHarvest harvest;
    if (media.hasVideo) {
        harvest = harvestFace(video, writer.folder() / "face.mp4", options, job, times);
    } else {
        report.notes.push_back("no picture: a clip of speech only");
        harvest.startS = track->startS;
        harvest.seconds = static_cast<double>(track->sound.samples.size()) / kSoundRate;
        harvest.frames = std::max(1, static_cast<int>(std::floor(harvest.seconds * kFrameRateHz + 1e-6)));
        for (int i = 0; i < harvest.frames; ++i) harvest.frameS.push_back(i / kFrameRateHz);
    }
    for (std::string& note : harvest.notes) report.notes.push_back(std::move(note));
    info.frames = harvest.frames;
    info.rateHz = harvest.rateHz;
    report.frames = harvest.frames;
    report.faceFrames = harvest.faceFrames;
    report.rateHz = harvest.rateHz;
    report.seconds = harvest.frames / harvest.rateHz;

    if (harvest.faceFrames > 0) {
        info.faceMissing = harvest.missing;
        report.missingFace = harvest.missing;
        writer.face(std::move(harvest.track));
        if (harvest.faceFrames < harvest.frames)
            report.notes.push_back("no face in " + std::to_string(harvest.frames - harvest.faceFrames) + " of " +
                                   std::to_string(harvest.frames) + " frames");
    } else if (media.hasVideo) {
        if (!track) throw Error(ErrorKind::BadInput, "there is no face and no sound in this recording", video.string());
        report.missingFace = {{0, harvest.frames}};
        report.notes.push_back("no face was found: a clip of speech only");
    }
    if (track) {
        for (std::string& note : track->notes) report.notes.push_back(std::move(note));
        // Whole frames of sound, so that sound and picture end together.
        const double seconds = harvest.rateHz == kFrameRateHz ? harvest.frames / kFrameRateHz : harvest.seconds;
        const std::vector<float> sound = alignedSound(*track, harvest.startS, seconds, report.notes);
        if (std::all_of(sound.begin(), sound.end(), [](float v) { return std::abs(v) < 1e-4f; }))
            report.notes.push_back("the sound is silent");
        SpeechTrack speech;
        speech.frames = harvest.frames;
        speech.mfcc = speechNumbers(sound, harvest.frameS, harvest.rateHz);
        if (hooks.voice) {
            SoundTrack low = loadSoundTrack(video, kVoiceRate, 1, &job);
            std::vector<std::string> ignored; // the same words as above
            speech.voice =
                hooks.voice(alignedSound(low, harvest.startS, seconds, ignored), harvest.frames, harvest.rateHz);
        } else {
            speech.voice = voiceFromLoudness(frameRms(sound, kSoundRate, harvest.rateHz, harvest.frames));
            report.notes.push_back("speech was told from silence by loudness");
        }
        writeWav16(writer.folder() / "speech.wav", sound, kSoundRate);
        writer.speech(std::move(speech));
        report.hasSpeech = true;
    }
    job.progress(1, 1, "writing");
    writer.sourceHash(sha256OfFile(video));
    writer.extractor(kExtractorName);
    writer.commit(info);
    job.publish(WroteEvent{clip.string()});
    report.clip = clip;
    const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    report.realtimeFactor = took > 0 ? report.seconds / took : 0;
    return report;
}

IngestBench benchIngest(const std::filesystem::path& video, const IngestOptions& options, JobContext& job) {
    std::string pattern = (std::filesystem::temp_directory_path() / "emc-bench-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw Error(ErrorKind::Io, "no temporary folder can be made", pattern);
    struct Remove {
        std::filesystem::path folder;
        ~Remove() {
            std::error_code ignored;
            std::filesystem::remove_all(folder, ignored);
        }
    } remove{pattern};
    IngestBench bench;
    bench.report = ingest(video, remove.folder / "clip", options, job, {}, &bench.times);
    return bench;
}

} // namespace emc
