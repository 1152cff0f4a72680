#include "core/corpus/clip_film.h"

#include <algorithm>
#include <span>

#include "core/corpus/person.h"
#include "core/corpus/random.h"
#include "core/data/npy.h"
#include "core/media/film.h"
#include "core/media/picture.h"
#include "core/render/head_renderer.h"

namespace emc::corpus {
namespace fs = std::filesystem;

namespace {

// Identities differ in height; a crop has every face in the same place: the eyes go to where the average head has them,
// and a bit higher, so that the chin is in the picture.
void centreFace(const HeadModel& model, RenderStyle& style) {
    constexpr double kRaiseCm = 2.5;
    const std::vector<float> neutral = model.neutral(style.identity);
    double moved[3] = {};
    int count = 0;
    for (std::size_t v = 0; v < model.eyeball().size(); ++v) {
        if (!model.eyeball()[v]) continue;
        ++count;
        for (std::size_t d = 0; d < 3; ++d) moved[d] += model.meanVertices()[3 * v + d] - neutral[3 * v + d];
    }
    style.camera.shiftX += count ? moved[0] / count : 0;
    style.camera.shiftY += kRaiseCm + (count ? moved[1] / count : 0);
}

// Moderate values: the picture must stay a face of the same kind, but no two people may look the same.
RenderStyle drawLook(const HeadModel& model, std::uint64_t seed) {
    Random random(seed);
    std::vector<float> identity(model.identityNames().size());
    for (float& value : identity) value = static_cast<float>(std::clamp(random.normal(0, .35), -.8, .8));
    RenderStyle s;
    s.identity = std::move(identity);
    s.camera.azimuth = random.normal(0, 4);
    s.camera.elevation = random.normal(0, 2.5);
    s.camera.zoom = random.uniform(1.35, 1.5); // the face fills the picture as in crops
    s.camera.shiftX = random.normal(0, .3);
    s.camera.shiftY = random.normal(0, .3);
    centreFace(model, s);
    s.keyAzimuth = -38 + random.uniform(-40, 40);
    s.warmth = random.uniform(-.6, .8);
    s.brightness = random.uniform(.85, 1.15);
    const double dark = random.uniform(.5, 1.05);
    s.skin = {static_cast<float>(dark), static_cast<float>(dark * random.uniform(.93, 1.03)),
              static_cast<float>(dark * random.uniform(.86, 1.03))};
    const double grey = random.uniform(25, 150);
    for (std::uint8_t& c : s.background)
        c = static_cast<std::uint8_t>(std::clamp(grey + random.uniform(-18, 18), 0.0, 255.0));
    return s;
}

// One renderer per thread and size: making one compiles shaders.
HeadRenderer& renderer(int size) {
    thread_local std::unique_ptr<HeadRenderer> own;
    if (!own) own = std::make_unique<HeadRenderer>(size, size);
    if (own->width() != size) own->resize(size, size);
    return *own;
}

class SidePlayer {
public:
    SidePlayer(const CorpusOptions& options, const Item& item, bool speaker)
        : m_renderer(renderer(options.videoSize)), m_size(options.videoSize),
          m_coeffs(
              readNpyF32(filesOf(options.out, item.partition, speaker ? item.speaker() : item.listener()).coeffs)) {
        const Person person = makePerson(static_cast<std::uint64_t>(options.seed), speaker ? "speaker" : "listener",
                                         item.script, item.performance);
        m_look = drawLook(m_renderer.head(), person.look);
    }
    std::span<const std::uint8_t> frame(int t) {
        m_renderer.render(std::span(m_coeffs).subspan(static_cast<std::size_t>(t) * kCoeffDims, kCoeffDims), m_look,
                          m_rgb);
        return m_rgb;
    }
    void film(const fs::path& path, int frames, JobContext& job) {
        FilmWriter writer;
        FilmOptions settings;
        settings.quality = 21;
        writer.open(path, m_size, m_size, settings);
        for (int t = 0; t < frames; ++t) {
            if (t % 25 == 0) job.checkpoint();
            writer.add(frame(t));
        }
        writer.close();
    }

private:
    HeadRenderer& m_renderer;
    int m_size;
    std::vector<float> m_coeffs;
    RenderStyle m_look;
    std::vector<std::uint8_t> m_rgb;
};

} // namespace

std::vector<fs::path> makeClipFilms(const CorpusOptions& options, const Item& item, const fs::path& folder,
                                    JobContext& job) {
    std::vector<fs::path> written;
    const fs::path speaker = folder / (item.speaker() + ".mp4");
    fs::create_directories(speaker.parent_path());
    SidePlayer(options, item, true).film(speaker, options.frames, job);
    written.push_back(speaker);
    SidePlayer listener(options, item, false);
    fs::path file = folder / (item.listener() + ".mp4");
    if (options.mirrored) {
        fs::create_directories(file.parent_path());
        listener.film(file, options.frames, job);
    } else { // REACT keeps frames as pictures in a folder of the clip's name: the first one is the reference picture of
             // the listener
        file = folder / item.listener() / "1.png";
        fs::create_directories(file.parent_path());
        writePng(file, options.videoSize, options.videoSize, listener.frame(0));
    }
    written.push_back(file);
    return written;
}

} // namespace emc::corpus
