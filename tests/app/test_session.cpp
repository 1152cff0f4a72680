#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include "app/session/session_document.h"
#include "core/api/error.h"

using namespace emc;

namespace {

SessionFile example(const QString& folder) {
    SessionFile file;
    SessionState& s = file.state;
    s.clips = {folder + QStringLiteral("/clips/a"), folder + QStringLiteral("/clips/b ü")};
    s.clip = s.clips[1];
    s.conditions[s.clips[1]] = {{{10, 20}, {40, 55}}, {{100, 250}}};
    s.conditions[s.clips[0]] = {};
    s.face = false, s.emotionAttention = false;
    s.models = {QStringLiteral("trans-vae-emc"), QStringLiteral("mime")};
    s.realListener = false;
    s.seed = 18446744073709551615ULL;
    s.seedLocked = false;
    s.sample = 4, s.temperature = 0.75, s.perFrameDraws = true;
    s.loop = FrameSpan{5, 90};
    s.quantity = 15, s.view = 2, s.oneCamera = false;
    file.view.playhead = 312;
    file.view.page = QStringLiteral("train");
    file.hashes[s.clips[1]] = QStringLiteral("abc");
    return file;
}

void expectFault(const QByteArray& bytes, ErrorKind kind) {
    try {
        readSession(bytes, QStringLiteral("/tmp"), QStringLiteral("x.emcs"));
        ADD_FAILURE() << "no error for " << bytes.left(60).toStdString();
    } catch (const Error& error) { EXPECT_EQ(error.kind(), kind) << error.what(); }
}

} // namespace

TEST(SessionFile, roundTripKeepsEverything) {
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(QStringLiteral("clips/a"));
    const SessionFile before = example(folder.path());
    const QString path = folder.filePath(QStringLiteral("s.emcs"));
    saveSessionFile(path, before);
    const SessionFile after = loadSessionFile(path);
    EXPECT_EQ(before.state, after.state);
    EXPECT_EQ(after.view.playhead, 312);
    EXPECT_EQ(after.view.page, QStringLiteral("train"));
    EXPECT_EQ(after.hashes.value(after.state.clip), QStringLiteral("abc"));
    EXPECT_EQ(after.missing, QStringList{before.state.clips[1]}); // only clips/a is really there
}

TEST(SessionFile, pathsAreRelativeSoThatAFolderCanMove) {
    QTemporaryDir one, two;
    saveSessionFile(one.filePath(QStringLiteral("s.emcs")), example(one.path()));
    ASSERT_TRUE(QFile::copy(one.filePath(QStringLiteral("s.emcs")), two.filePath(QStringLiteral("s.emcs"))));
    EXPECT_EQ(loadSessionFile(two.filePath(QStringLiteral("s.emcs"))).state, example(two.path()).state);
}

TEST(SessionFile, brokenInputIsAnErrorWithAllFaults) {
    expectFault("", ErrorKind::BadInput);
    expectFault("{\"format\": \"emc-", ErrorKind::BadInput);
    expectFault("[1, 2]", ErrorKind::BadInput);
    expectFault("{\"format\": \"other\"}", ErrorKind::BadInput);
    expectFault("{\"format\": \"emc-session\", \"schema\": 99}", ErrorKind::Unsupported);
    expectFault("{\"format\": \"emc-session\", \"schema\": 1, \"sample\": 1e300}", ErrorKind::BadInput);
    expectFault("{\"format\": \"emc-session\", \"schema\": 1, \"quantity\": \"AU99\"}", ErrorKind::BadInput);
    try {
        readSession("{\"format\": \"emc-session\", \"schema\": 1, \"seed\": \"x\", \"view\": -3, \"clips\": "
                    "[{\"path\": \"a\", \"face_missing\": [[9, 3]]}]}",
                    QStringLiteral("/tmp"), QStringLiteral("x.emcs"));
        FAIL();
    } catch (const Error& error) {
        const std::string what = error.what();
        for (const char* field : {"seed", "view", "clips[0].face_missing"})
            EXPECT_NE(what.find(field), std::string::npos) << what;
    }
}

TEST(SessionDocument, everyChangeIsUndone) {
    SessionDocument document{QString()};
    const SessionState start = document.state();
    int changes = 0;
    QObject::connect(&document, &SessionDocument::changed, [&] { ++changes; });
    document.change(QStringLiteral("a"), [](SessionState& s) { s.face = false; });
    document.change(QStringLiteral("b"), [](SessionState& s) {
        s.conditions[QStringLiteral("/c")].speechMissing = {{3, 9}};
    });
    document.change(QStringLiteral("nothing"), [](SessionState&) {});
    EXPECT_EQ(document.undoStack().count(), 2);
    const SessionState end = document.state();
    document.undoStack().undo();
    EXPECT_TRUE(document.state().conditions.value(QStringLiteral("/c")).speechMissing.empty());
    document.undoStack().undo();
    EXPECT_EQ(document.state(), start);
    EXPECT_FALSE(document.modified());
    document.undoStack().redo();
    document.undoStack().redo();
    EXPECT_EQ(document.state(), end);
    EXPECT_EQ(changes, 6);
}

TEST(SessionDocument, aDraggedSliderIsOneStep) {
    SessionDocument document{QString()};
    for (const double t : {0.9, 0.8, 0.7})
        document.change(
            QStringLiteral("t"), [t](SessionState& s) { s.temperature = t; }, QStringLiteral("temperature"));
    EXPECT_EQ(document.undoStack().count(), 1);
    document.undoStack().undo();
    EXPECT_EQ(document.state().temperature, 1.0);
}

TEST(SessionDocument, aKilledProcessLeavesASessionToRecover) {
    QTemporaryDir folder;
    // A process of its own that changes a session, autosaves and is killed without any chance to clean up.
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        SessionFile file;
        file.state.seed = 4711;
        file.state.sample = 3;
        file.original = QStringLiteral("/sessions/mine.emcs");
        saveSessionFile(QStringLiteral("%1/recovery-%2.emcs").arg(folder.path()).arg(getpid()), file);
        kill(getpid(), SIGKILL);
        _exit(1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    const QStringList orphans = SessionDocument::orphans(folder.path());
    ASSERT_EQ(orphans.size(), 1);
    SessionDocument document(folder.path());
    document.recover(orphans.front());
    EXPECT_EQ(document.state().seed, 4711U);
    EXPECT_EQ(document.state().sample, 3);
    EXPECT_EQ(document.path(), QStringLiteral("/sessions/mine.emcs"));
    EXPECT_TRUE(document.modified());
    EXPECT_TRUE(SessionDocument::orphans(folder.path()).isEmpty());
    EXPECT_TRUE(QFile::exists(document.autosavePath())); // safe again, under this process
    document.dropAutosave();
    EXPECT_FALSE(QFile::exists(document.autosavePath()));
}
