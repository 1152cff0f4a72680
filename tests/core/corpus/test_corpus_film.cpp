// One tiny corpus with films.
#include <gtest/gtest.h>

#include "core/api/error.h"
#include "core/corpus/make_corpus.h"
#include "core/data/react_corpus.h"
#include "core/media/film.h"
#include "tests/support/shared.h"

using namespace emc;
namespace fs = std::filesystem;

TEST(CorpusFilm, FilmsTheSpeakersAndKeepsOnePictureOfTheListeners) {
    test::TempDir folder;
    CorpusOptions o;
    o.out = (folder / "corpus").string();
    o.trainScripts = 0, o.valScripts = 0, o.testScripts = 1;
    o.performancesTest = 2;
    o.frames = 50;
    o.videoSize = 64;
    JobContext job;
    const CorpusReport report = makeCorpus(o, job);
    EXPECT_EQ(report.filmsMade, 2);
    const fs::path films = fs::path(o.out) / "test/Video_files/Made/script8000";
    for (const char* name : {"1", "2"}) {
        const FilmCheck film = checkFilm(films / "Expert_video" / (std::string(name) + ".mp4"));
        EXPECT_EQ(film.frames, 50);
        EXPECT_EQ(film.width, 64);
        EXPECT_TRUE(fs::exists(films / "Novice_video" / name / "1.png"));
    }
    EXPECT_FALSE(fs::exists(fs::path(o.out) / "unfinished_films"));
    EXPECT_EQ(ReactCorpus::open(o.out, "test")->rows(), 2);
    EXPECT_TRUE(checkCorpus(o.out, job).ok());
    // Nothing is rendered twice; a lost film is made again.
    EXPECT_EQ(makeCorpus(o, job).filmsMade, 0);
    fs::remove(films / "Expert_video/2.mp4");
    EXPECT_EQ(makeCorpus(o, job).filmsMade, 1);
    EXPECT_EQ(checkFilm(films / "Expert_video/2.mp4").frames, 50);
}
