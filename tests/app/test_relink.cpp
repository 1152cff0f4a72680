#include <gtest/gtest.h>

#include <QTemporaryDir>

#include "app/session/react_tree.h"
#include "app/session/relink.h"
#include "tests/app/put_file.h"

using namespace emc;

namespace {

// The content of clip.toml stands in for the hash.
QString contentOf(const QString& path) {
    QFile file(path + QStringLiteral("/clip.toml"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

class RelinkTest : public testing::Test {
protected:
    QTemporaryDir folder;
    QString at(const QString& name) const { return folder.filePath(name); }
    void clip(const QString& place, const QByteArray& content) {
        put(at(place) + QStringLiteral("/clip.toml"), content);
    }
};

} // namespace

TEST_F(RelinkTest, aMovedTreeIsFoundByItsTail) {
    clip(QStringLiteral("new/study/p1/clip"), "one");
    clip(QStringLiteral("new/study/p2/clip"), "two"); // the same name twice: only the place tells them apart
    const QStringList missing = {QStringLiteral("/old/study/p1/clip"), QStringLiteral("/old/study/p2/clip")};
    const auto moved = findMoved(missing, {}, at(QStringLiteral("new")), contentOf);
    ASSERT_EQ(moved.size(), 2);
    EXPECT_EQ(moved[missing[0]], at(QStringLiteral("new/study/p1/clip")));
    EXPECT_EQ(moved[missing[1]], at(QStringLiteral("new/study/p2/clip")));
}

TEST_F(RelinkTest, contentWinsOverTheName) {
    clip(QStringLiteral("new/a/clip"), "other");
    clip(QStringLiteral("new/b/renamed"), "mine");
    const QString old = QStringLiteral("/old/clip");
    EXPECT_EQ(findMoved({old}, {{old, QStringLiteral("mine")}}, at(QStringLiteral("new")), contentOf)[old],
              at(QStringLiteral("new/b/renamed")));
    // Nothing of that content: the same name is better than nothing.
    EXPECT_EQ(findMoved({old}, {{old, QStringLiteral("lost")}}, at(QStringLiteral("new")), contentOf)[old],
              at(QStringLiteral("new/a/clip")));
    EXPECT_TRUE(findMoved({QStringLiteral("/old/unknown")}, {}, at(QStringLiteral("new")), contentOf).isEmpty());
}

TEST_F(RelinkTest, theSessionGetsTheNewPlacesEverywhere) {
    SessionFile session;
    const QString one = QStringLiteral("/old/one"), two = QStringLiteral("/old/two"), now = QStringLiteral("/new/one");
    session.state.clips = {one, two};
    session.state.clip = one;
    session.state.conditions[one] = {{{1, 5}}, {}};
    session.hashes[one] = QStringLiteral("h");
    session.missing = {one, two};
    relink(session, {{one, now}});
    EXPECT_EQ(session.state.clips, (QStringList{now, two}));
    EXPECT_EQ(session.state.clip, now);
    EXPECT_EQ(session.state.conditions[now].faceMissing, (std::vector<FrameSpan>{{1, 5}}));
    EXPECT_FALSE(session.state.conditions.contains(one));
    EXPECT_EQ(session.hashes.value(now), QStringLiteral("h"));
    EXPECT_EQ(session.missing, QStringList{two});
    relink(session, {{two, now}}); // both were the same clip
    EXPECT_EQ(session.state.clips, QStringList{now});
}

TEST_F(RelinkTest, aReactTreeIsAListOfPairs) {
    put(at(QStringLiteral("corpus/val.csv")),
        ",speaker_path,listener_path\n0,Made/s1/Expert_video/1,Made/s1/Novice_video/1\n"
        "1,Made/s2/Expert_video/3,Made/s2/Novice_video/3\n2,Made/gone/Expert_video/1,Made/gone/Novice_video/1\n"
        "3,../../etc/passwd,x\n");
    for (const char* name : {"Video_files/Made/s1/Expert_video/1.mp4", "Video_files/Made/s1/Novice_video/1.mp4",
                             "Emotion/Made/s2/Expert_video/3.csv", "Emotion/Made/s2/Novice_video/3.csv"})
        put(at(QStringLiteral("corpus/val/")) + QLatin1String(name), "x");
    EXPECT_TRUE(isReactTree(at(QStringLiteral("corpus"))));
    EXPECT_FALSE(isReactTree(at(QStringLiteral("corpus/val"))));
    const auto pairs = reactPairs(at(QStringLiteral("corpus")));
    ASSERT_EQ(pairs.size(), 2U); // without files, and out of the tree: passed over
    EXPECT_EQ(pairs[0].name, QStringLiteral("s1/1"));
    EXPECT_EQ(pairs[0].partition, QStringLiteral("val"));
    EXPECT_EQ(pairs[0].speaker, at(QStringLiteral("corpus/val/Video_files/Made/s1/Expert_video/1.mp4")));
    EXPECT_EQ(pairs[1].listener, at(QStringLiteral("corpus/val/Emotion/Made/s2/Novice_video/3.csv")));
    EXPECT_EQ(reactPartner(pairs[0].speaker), pairs[0].listener);
    EXPECT_EQ(reactPartner(pairs[1].listener), pairs[1].speaker);
    EXPECT_EQ(reactPartner(at(QStringLiteral("corpus/val/Made/s2/Expert_video/3"))), pairs[1].listener);
    EXPECT_TRUE(reactPartner(at(QStringLiteral("corpus/val/Video_files/Made/s9/Expert_video/1.mp4"))).isEmpty());
    EXPECT_TRUE(reactPartner(QStringLiteral("/")).isEmpty());
    EXPECT_TRUE(reactPartner({}).isEmpty());
}
