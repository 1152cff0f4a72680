#include <gtest/gtest.h>

#include <fstream>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/file_record.h"
#include "core/data/sha256.h"
#include "tests/support/shared.h"

using namespace emc;
namespace fs = std::filesystem;

// Vectors of FIPS 180-2 and NIST's long message.
TEST(Sha256, KnownDigests) {
    EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    Sha256 million;
    for (int i = 0; i < 1000; ++i) million.update(std::string(1000, 'a'));
    EXPECT_EQ(million.hex(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesAndFilesGiveTheDigestOfTheWhole) {
    emc::test::TempDir dir;
    std::string text;
    for (int i = 0; i < 300; ++i) text += static_cast<char>(i * 7);
    for (std::size_t piece : {1u, 3u, 55u, 63u, 64u, 65u, 200u}) {
        Sha256 hash;
        for (std::size_t at = 0; at < text.size(); at += piece) hash.update(std::string_view(text).substr(at, piece));
        EXPECT_EQ(hash.hex(), sha256Hex(text)) << piece;
    }
    writeFileAtomically(dir / "x", text);
    EXPECT_EQ(sha256OfFile(dir / "x"), sha256Hex(text));
    EXPECT_THROW(sha256OfFile(dir / "absent"), Error);
}

TEST(AtomicFile, NothingIsSeenBeforeCommitAndNothingStaysWithout) {
    emc::test::TempDir dir;
    {
        AtomicFile file(dir / "a/b/x.txt");
        file.write("half");
        EXPECT_FALSE(fs::exists(dir / "a/b/x.txt"));
    }
    EXPECT_TRUE(fs::is_empty(dir / "a/b"));
    AtomicFile file(dir / "a/b/x.txt");
    file.write("whole");
    file.commit();
    EXPECT_EQ(readTextFile(dir / "a/b/x.txt"), "whole");
    writeFileAtomically(dir / "a/b/x.txt", "new");
    EXPECT_EQ(readTextFile(dir / "a/b/x.txt"), "new");
    EXPECT_EQ(std::distance(fs::directory_iterator(dir / "a/b"), {}), 1);
}

TEST(AtomicFile, UnwritablePlacesAreReported) {
    emc::test::TempDir dir;
    writeFileAtomically(dir / "file", "x");
    EXPECT_THROW(writeFileAtomically(dir / "file/inside", "x"), Error);
    fs::create_directory(dir / "folder");
    writeFileAtomically(dir / "folder/x", "x");
    EXPECT_THROW(writeFileAtomically(dir / "folder", "x"), Error);
    EXPECT_THROW(readTextFile(dir / "folder"), Error);
    EXPECT_THROW(readTextFile(dir / "file", 0), Error);
}

TEST(TempFolder, TakesItsPlaceWholeAndReplacesTheOld) {
    emc::test::TempDir dir;
    {
        TempFolder folder(dir / "clip");
        writeFileAtomically(folder.path() / "x", "1");
    }
    EXPECT_TRUE(fs::is_empty(dir.path()));
    for (const char* text : {"1", "2"}) {
        TempFolder folder(dir / "clip");
        writeFileAtomically(folder.path() / text, text);
        folder.commit();
    }
    EXPECT_FALSE(fs::exists(dir / "clip/1"));
    EXPECT_TRUE(fs::exists(dir / "clip/2"));
    EXPECT_EQ(std::distance(fs::directory_iterator(dir.path()), {}), 1);
}

TEST(FileRecord, KeepsTheOrderOfFirstOpening) {
    FileRecord record;
    for (const char* name : {"b", "a", "b"}) record.opened(name);
    EXPECT_EQ(record.files(), (std::vector<fs::path>{"b", "a"}));
}
