#include <gtest/gtest.h>

#include "app/react/reaction_controller.h"
#include "core/api/error.h"
#include "tests/app/wait.h"
#include "tests/support/fake_backend.h"

using namespace emc;

namespace {

SessionState sessionWith(const QStringList& models) {
    SessionState s;
    s.clip = QStringLiteral("/demo/demo_speaker");
    s.clips = {s.clip};
    s.models = models;
    return s;
}

struct Front {
    explicit Front(FakeOptions options) : backend(std::move(options)), controller(backend) {
        controller.setCatalogue(backend.models());
    }
    FakeBackend backend;
    ReactionController controller;
};

FakeOptions quick(int first = 0, int all = 0) {
    FakeOptions options;
    options.frames = 100, options.msFirst = first, options.msAll = all;
    return options;
}

} // namespace

TEST(ReactionController, switchesChooseTheFormOfAHost) {
    Front f(quick());
    EXPECT_EQ(f.controller.effectiveName(QStringLiteral("trans-vae-emc"), true, true), QStringLiteral("trans-vae-emc"));
    EXPECT_EQ(f.controller.effectiveName(QStringLiteral("trans-vae-emc"), false, true),
              QStringLiteral("trans-vae-emc-no-ea"));
    EXPECT_EQ(f.controller.effectiveName(QStringLiteral("trans-vae-emc"), true, false), QStringLiteral("trans-vae"));
    EXPECT_EQ(f.controller.effectiveName(QStringLiteral("trans-vae-emc"), false, false), QStringLiteral("trans-vae"));
    EXPECT_EQ(f.controller.effectiveName(QStringLiteral("trans-vae"), false, true), QStringLiteral("trans-vae"));
    EXPECT_EQ(f.controller.effectiveName(QStringLiteral("mime"), false, false), QStringLiteral("mime"));
    EXPECT_TRUE(f.controller.effectiveName(QStringLiteral("regnn-emc"), false, true).isEmpty()); // has no such form
}

TEST(ReactionController, panesAreNamedBeforeAClipIsOpen) {
    Front front(quick());
    SessionState session = sessionWith({QStringLiteral("trans-vae"), QStringLiteral("mime")});
    session.clip.clear(), session.clips.clear();
    front.controller.update(session);
    ASSERT_EQ(front.controller.panes().size(), 2u);
    EXPECT_EQ(front.controller.panes()[0].label, QStringLiteral("Trans-VAE"));
    EXPECT_EQ(front.controller.panes()[1].label, QStringLiteral("Mime"));
    EXPECT_FALSE(front.controller.panes()[0].waiting);
}

TEST(ReactionController, theDisplayedSampleComesFirstThenAll) {
    Front f(quick(5, 40));
    std::vector<int> samples;
    QObject::connect(&f.controller, &ReactionController::paneChanged, [&](int pane) {
        const auto& state = f.controller.panes()[static_cast<std::size_t>(pane)];
        if (state.reactions) samples.push_back(state.reactions->samples);
    });
    f.controller.update(sessionWith({QStringLiteral("trans-vae-emc")}));
    ASSERT_TRUE(waitUntil([&] { return f.controller.complete(); }));
    EXPECT_EQ(samples, (std::vector<int>{1, kSamples}));
    EXPECT_FALSE(f.controller.busy());
}

TEST(ReactionController, twoPanesOfOneModelAreBothAnswered) {
    Front f(quick(5, 20));
    SessionState session = sessionWith({QStringLiteral("trans-vae-emc"), QStringLiteral("trans-vae")});
    session.compensation = false; // both are the host now
    f.controller.update(session);
    ASSERT_TRUE(waitUntil([&] { return f.controller.complete(); }));
    const auto& panes = f.controller.panes();
    EXPECT_EQ(panes[0].effective, panes[1].effective);
    EXPECT_EQ(panes[0].reactions, panes[1].reactions);
    ASSERT_NE(panes[0].reactions, nullptr);
    EXPECT_EQ(f.backend.reactCompleted, 1) << "the same question is asked once";
    // Over and over, while the answers before are still being computed.
    for (const bool on : {false, true, false, true, false}) {
        session.speech = on;
        f.controller.update(session);
    }
    ASSERT_TRUE(waitUntil([&] { return f.controller.complete() && !f.controller.busy(); }));
    EXPECT_EQ(panes[0].reactions, panes[1].reactions);
    session.compensation = true; // and apart again
    f.controller.update(session);
    ASSERT_TRUE(waitUntil([&] { return f.controller.complete(); }));
    EXPECT_NE(panes[0].reactions, panes[1].reactions);
}

TEST(ReactionController, aWalkInOnePaneDoesNotTakeTheOthersAnswer) {
    Front f(quick(5, 20));
    SessionState session = sessionWith({QStringLiteral("trans-vae-emc"), QStringLiteral("trans-vae")});
    session.compensation = false;
    f.controller.setAttentionWanted(false);
    f.controller.update(session);
    f.controller.setLatent(std::vector<float>(64, 0.5f)); // of the first pane only
    ASSERT_TRUE(waitUntil([&] { return f.controller.complete() && !f.controller.busy(); }));
    for (const ReactionPane& pane : f.controller.panes()) EXPECT_NE(pane.reactions, nullptr);
}

TEST(ReactionController, staleAnswersAreDropped) {
    Front f(quick(30, 60));
    SessionState s = sessionWith({QStringLiteral("trans-vae-emc")});
    f.controller.update(s);
    // Toggles faster than answers come: only the last state may be shown.
    for (const quint64 seed : {11, 12, 13, 14}) {
        QTest::qWait(8);
        s.seed = seed;
        f.controller.update(s);
    }
    quint64 request = f.controller.panes()[0].request;
    bool strange = false;
    QObject::connect(&f.controller, &ReactionController::paneChanged,
                     [&](int) { strange = strange || f.controller.panes()[0].request != request; });
    ASSERT_TRUE(waitUntil([&] { return f.controller.complete(); }));
    EXPECT_FALSE(strange);
    EXPECT_EQ(f.backend.reactCompleted, 1); // the others were cancelled on their way
    Reactions expected = f.backend.openModel("trans-vae-emc")
                             ->react(
                                 *f.backend.openClip(s.clip.toStdString()),
                                 [&] {
                                     ReactOptions o;
                                     o.seed = 14;
                                     return o;
                                 }(),
                                 *std::make_unique<JobContext>());
    EXPECT_EQ(f.controller.panes()[0].reactions->emotion, expected.emotion);
}

TEST(ReactionController, goingBackIsAnsweredFromMemory) {
    Front f(quick());
    SessionState s = sessionWith({QStringLiteral("trans-vae-emc")});
    f.controller.update(s);
    ASSERT_TRUE(waitUntil([&] { return f.controller.complete(); }));
    s.face = false;
    f.controller.update(s);
    ASSERT_TRUE(waitUntil([&] { return f.controller.complete(); }));
    EXPECT_EQ(f.backend.reactCalls, 2);
    s.face = true;
    f.controller.update(s);
    EXPECT_TRUE(f.controller.complete()); // at once
    EXPECT_EQ(f.backend.reactCalls, 2);
}

TEST(Failure, aListWithoutEndIsShortenedAndKeptInTheDetails) {
    std::string tensors;
    for (int i = 0; i < 400; ++i) tensors += "decoder.layers." + std::to_string(i) + ".weight, ";
    Failure failure;
    try {
        throw Error(ErrorKind::BadInput, "the checkpoint does not fit: " + tensors, "a.safetensors",
                    "Convert it again");
    } catch (...) { failure = Failure::current(); }
    EXPECT_LT(failure.problem.size(), 300);
    EXPECT_TRUE(failure.problem.startsWith(QStringLiteral("The checkpoint does not fit: decoder.layers.0.weight, ")));
    EXPECT_TRUE(failure.problem.endsWith(QStringLiteral(" … Convert it again"))) << failure.problem.toStdString();
    EXPECT_TRUE(failure.details.contains(QStringLiteral("decoder.layers.399.weight")));
}

TEST(ReactionController, aFailureIsASentenceInItsPaneAndTheOthersGoOn) {
    FakeOptions options = quick();
    options.failModel = "regnn-emc";
    Front f(options);
    f.controller.update(sessionWith({QStringLiteral("regnn-emc"), QStringLiteral("trans-vae-emc")}));
    ASSERT_TRUE(waitUntil([&] { return f.controller.complete(); }));
    EXPECT_TRUE(f.controller.panes()[0].problem.contains(QStringLiteral("weights do not fit")));
    EXPECT_FALSE(f.controller.panes()[0].reactions);
    EXPECT_TRUE(f.controller.panes()[1].whole);
}

TEST(ReactionController, endsWhileComputing) {
    Front f(quick(500, 500));
    f.controller.update(sessionWith({QStringLiteral("trans-vae-emc"), QStringLiteral("mime")}));
    QTest::qWait(20);
    EXPECT_TRUE(f.controller.busy());
}
