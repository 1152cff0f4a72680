#include "core/data/film_in_memory.h"

#include <map>
#include <utility>

namespace emc {
namespace {

struct Film {
    int width = 0, height = 0;
    std::vector<std::vector<std::uint8_t>> frames; // rgb
};

class FilmReader final : public FrameReader {
public:
    explicit FilmReader(std::shared_ptr<const Film> film) : m_film(std::move(film)) {}
    int width() const override { return m_film->width; }
    int height() const override { return m_film->height; }
    bool next(std::vector<std::uint8_t>& rgb) override {
        if (m_next == m_film->frames.size()) return false;
        rgb = m_film->frames[m_next++];
        return true;
    }

private:
    std::shared_ptr<const Film> m_film;
    std::size_t m_next = 0;
};

class ClipWithFilm final : public Clip {
public:
    explicit ClipWithFilm(std::shared_ptr<const Clip> clip) : m_clip(std::move(clip)) {}
    const ClipInfo& info() const override { return m_clip->info(); }
    std::shared_ptr<const FaceTrack> face() const override { return m_clip->face(); }
    std::shared_ptr<const SpeechTrack> speech() const override { return m_clip->speech(); }
    std::filesystem::path soundFile() const override { return m_clip->soundFile(); }
    std::filesystem::path videoFile() const override { return m_clip->videoFile(); }
    std::vector<std::filesystem::path> filesRead() const override { return m_clip->filesRead(); }

    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        std::shared_ptr<const Film>& kept = m_films[size];
        if (!kept) {
            const auto reader = m_clip->faceFrames(size);
            Film film{reader->width(), reader->height(), {}};
            for (std::vector<std::uint8_t> rgb; reader->next(rgb);) film.frames.push_back(rgb);
            kept = std::make_shared<Film>(std::move(film));
        }
        return std::make_unique<FilmReader>(kept);
    }

private:
    std::shared_ptr<const Clip> m_clip;
    mutable std::map<int, std::shared_ptr<const Film>> m_films; // by size
};

} // namespace

std::shared_ptr<const Clip> withFilmInMemory(std::shared_ptr<const Clip> clip) {
    return std::make_shared<ClipWithFilm>(std::move(clip));
}

} // namespace emc
