#include "app/pages/explore/clip_data.h"

#include "app/jobs/job_runner.h"
#include "app/playback/sound_player.h"
#include "app/session/react_tree.h"

namespace emc {

namespace {

template <class Part>
void attempt(ClipData& data, JobContext& job, Part part) {
    job.checkpoint();
    try {
        part();
    } catch (const Cancelled&) { throw; } catch (...) {
        data.notes.append(Failure::current().problem);
    }
}

} // namespace

ClipData loadClipData(Backend& backend, const std::filesystem::path& path, JobContext& job) {
    constexpr double kBucketsPerSecond = 200;
    ClipData data;
    const std::shared_ptr<const Clip> clip = backend.openClip(path);
    data.info = clip->info();
    data.video = clip->videoFile();
    data.soundFile = clip->soundFile();
    if (data.info.hasFace) attempt(data, job, [&] { data.face = *clip->face(); });
    if (!data.soundFile.empty()) {
        attempt(data, job, [&] { data.waveform = backend.waveform(data.soundFile, kBucketsPerSecond, job); });
        attempt(data, job, [&] { data.sound = backend.sound(data.soundFile, SoundPlayer::kRateHz); });
    }
    attempt(data, job, [&] {
        std::shared_ptr<const Clip> listener = backend.openRealListener(path);
        if (const QString partner = listener ? QString() : reactPartner(QString::fromStdString(path.string()));
            !partner.isEmpty())
            listener = backend.openClip(partner.toStdString());
        if (listener && listener->info().hasFace) {
            data.listener = *listener->face();
            data.hasListener = data.listener.frames > 0;
        }
    });
    return data;
}

} // namespace emc
