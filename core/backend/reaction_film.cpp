#include "core/backend/reaction_film.h"

#include <algorithm>
#include <cstdio>

#include "core/api/error.h"
#include "core/media/figure.h"
#include "core/media/film.h"
#include "core/media/sound.h"
#include "core/render/head_renderer.h"

namespace emc {
namespace {

constexpr int kGap = 8, kHeader = 34, kFooter = 34;

// Everything that does not change from frame to frame: pane frames, headings, footer.
Figure background(const ReactionFilm& film, int columns) {
    const int w = kGap + columns * (film.paneSize + kGap), h = kHeader + film.paneSize + kFooter;
    Figure figure(w - w % 2, h - h % 2, FigureTheme::dark());
    const FigureTheme& theme = figure.theme();
    int column = 0;
    const auto heading = [&](const std::string& text, Rgb chip, const std::string& number) {
        const int x = kGap + column++ * (film.paneSize + kGap);
        figure.fill({x, 6, film.paneSize, kHeader - 6}, theme.raised);
        figure.fill({x + 6, 10, 20, 20}, chip);
        figure.text(x + 16, 25, number, 13, theme.base, 0, true);
        figure.text(x + 34, 25, text, 14, theme.text, -1, true);
    };
    if (film.clip) heading(film.clip->info().synthetic ? "Speaker (synthetic)" : "Speaker", theme.text, "S");
    for (std::size_t i = 0; i < film.panes.size(); ++i)
        heading(film.panes[i].label, theme.series[i % 6], std::to_string(i + 1));
    figure.text(kGap, kHeader + film.paneSize + 23, film.footer, 13, theme.muted);
    return figure;
}

} // namespace

std::vector<float> sampleCoeffs(const Reactions& reactions, int sample) {
    if (reactions.coeffs.empty())
        throw Error(ErrorKind::Unsupported, "these reactions hold no 3D coefficients, so no face can be drawn", {},
                    "Choose a model that gives coefficients (see `emc models`)");
    if (sample < 0 || sample >= reactions.samples)
        throw Error(ErrorKind::Usage, "the file has samples 0 to " + std::to_string(reactions.samples - 1), "--sample");
    const auto size = static_cast<std::ptrdiff_t>(reactions.frames) * kCoeffDims;
    return {reactions.coeffs.begin() + sample * size, reactions.coeffs.begin() + (sample + 1) * size};
}

void writeReactionFilm(const std::filesystem::path& mp4, const ReactionFilm& film, JobContext& job) {
    const int columns = static_cast<int>(film.panes.size()) + (film.clip ? 1 : 0);
    if (film.panes.empty()) throw Error(ErrorKind::Usage, "a film needs at least one reaction");
    std::size_t frames = film.panes[0].coeffs.size() / kCoeffDims;
    for (const FilmPane& pane : film.panes) frames = std::min(frames, pane.coeffs.size() / kCoeffDims);
    if (frames == 0) throw Error(ErrorKind::BadInput, "the reactions have no frames");

    const int size = film.paneSize;
    Figure canvas = background(film, columns);
    const FigureTheme theme = canvas.theme();
    const bool video = film.clip && film.showFace && film.clip->info().hasFace;
    const auto speaker = video ? film.clip->faceFrames(0) : nullptr;
    SoundBuffer sound;
    if (film.clip && film.sound && film.clip->info().hasSpeech) {
        sound = loadSoundTrack(film.clip->soundFile(), 44100, 1, &job).sound;
    }
    HeadRenderer heads(size, size);
    RenderStyle style;
    style.camera = HeadCamera::threeQuarter();
    FilmWriter writer;
    writer.open(mp4, canvas.width(), canvas.height(), film.rateHz, sound);
    std::vector<std::uint8_t> picture;
    for (std::size_t t = 0; t < frames; ++t) {
        int x = kGap;
        if (film.clip) {
            const FigureRect area{x, kHeader, size, size};
            canvas.fill(area, theme.base);
            if (speaker && speaker->next(picture)) canvas.picture(area, picture, speaker->width(), speaker->height());
            else canvas.text(x + size / 2.0, kHeader + size / 2.0, "face missing", 16, theme.face, 0, true);
            if (!film.sound) canvas.chip(x + 6, kHeader + 6, "speech missing", theme.speech);
            x += size + kGap;
        }
        for (const FilmPane& pane : film.panes) {
            heads.render(std::span(pane.coeffs).subspan(t * kCoeffDims, kCoeffDims), style, picture);
            canvas.picture({x, kHeader, size, size}, picture, size, size);
            const bool imagined = std::any_of(pane.imagined.begin(), pane.imagined.end(), [&](const FrameSpan& span) {
                return span.contains(static_cast<int>(t));
            });
            if (imagined && !pane.note.empty()) canvas.chip(x + 6, kHeader + 6, pane.note, theme.imagined);
            x += size + kGap;
        }
        writer.add(canvas.rgb());
        job.progress(double(t + 1), double(frames),
                     "film frame " + std::to_string(t + 1) + " of " + std::to_string(frames));
    }
    writer.close();
}

} // namespace emc
