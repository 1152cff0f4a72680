// Pictures read ahead are the pictures read one by one; films that end early are told or go on with their last frame.
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include "core/api/error.h"
#include "core/models/picture_film.h"
#include "tests/core/models/fake_clip.h"

namespace emc {
namespace {

class Threads { // for one scope
public:
    explicit Threads(int count) : m_before(at::get_num_threads()) { at::set_num_threads(count); }
    ~Threads() { at::set_num_threads(m_before); }

private:
    int m_before;
};

class PictureFilms : public testing::TestWithParam<int> {
protected:
    Threads m_threads{GetParam()};
    JobContext m_job;
};

TEST_P(PictureFilms, AreThereUpToTheFrameThatIsAskedFor) {
    const test::FakeClip clip(60);
    PictureFilm film(clip, 60, 32);
    const torch::Tensor ten = film.upTo(10, m_job).narrow(0, 0, 10).clone(), all = film.upTo(60, m_job);
    EXPECT_EQ(all.sizes(), (std::vector<int64_t>{60, 3, 32, 32}));
    EXPECT_TRUE(torch::equal(ten, all.narrow(0, 0, 10)));
    EXPECT_FALSE(torch::equal(all[10], all[11]));
    Threads one(1);
    PictureFilm slow(clip, 60, 32);
    EXPECT_TRUE(torch::equal(slow.upTo(60, m_job), all));
    EXPECT_EQ(clip.videoReads, 2);
}

TEST_P(PictureFilms, GoOnWithTheLastFrameOfAFilmThatIsALittleShort) {
    const test::FakeClip clip(48);
    PictureFilm film(clip, 50, 32);
    const torch::Tensor all = film.upTo(50, m_job);
    EXPECT_TRUE(torch::equal(all[49], all[47]));
    EXPECT_FALSE(torch::equal(all[47], all[46]));
}

TEST_P(PictureFilms, AreRefusedWhenTheFilmIsMuchTooShort) {
    const test::FakeClip clip(30);
    PictureFilm film(clip, 50, 32);
    EXPECT_NO_THROW(film.upTo(30, m_job)); // what is there can be looked at
    try {
        film.upTo(50, m_job);
        FAIL() << "the film was long enough";
    } catch (const Error& error) { EXPECT_NE(error.problem().find("30 of 50"), std::string::npos) << error.what(); }
    EXPECT_THROW(film.upTo(31, m_job), Error) << "it is told again";
}

TEST_P(PictureFilms, StopWhenNobodyWantsThemAnyMore) {
    const test::FakeClip clip(4000);
    JobContext cancelled;
    cancelled.requestCancel();
    PictureFilm film(clip, 4000, 32);
    EXPECT_THROW(film.upTo(4000, cancelled), Cancelled);
}

INSTANTIATE_TEST_SUITE_P(OneCoreAndTwo, PictureFilms, testing::Values(1, 2));

} // namespace
} // namespace emc
