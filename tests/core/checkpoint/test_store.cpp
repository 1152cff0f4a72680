// Writing: as safetensors, and under the authors' names for their own code. Memory and time stay small.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "core/checkpoint/store.h"
#include "core/data/safetensors.h"
#include "tests/core/checkpoint/pickle_maker.h"
#include "tests/support/shared.h"

namespace emc {
namespace {
namespace fs = std::filesystem;
namespace p = test::pickle;
using namespace std::string_literals;

void writeBytes(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string readBytes(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// A Trans-VAE of ours (`compat`) with the tensors of its table, and one that only we have.
void writeOwnTransVae(const fs::path& path, const std::string& variant, bool withHost = true) {
    SafetensorsWriter writer;
    float next = 0;
    for (const ExpectedTensor& tensor : expectedTensors("trans-vae")) {
        std::int64_t count = 1;
        for (std::int64_t extent : tensor.shape) count *= extent;
        if (!withHost && tensor.name.starts_with("reaction_decoder.vae_model.mu")) continue;
        writer.addF32(tensor.name, tensor.shape, std::vector<float>(static_cast<std::size_t>(count), next += 1));
    }
    writer.addF32("emc.coeff_mean", {58}, std::vector<float>(58));
    writer.meta("model", "trans-vae");
    writer.meta("variant", variant);
    writer.write(path);
}

TEST(Store, NumbersBecomeF32OrF16AndWholeNumbersStay) {
    const test::TempDir folder;
    const std::string storage = p::storage("DoubleStorage", "0", 6);
    const std::string root = p::dict({{"a", p::tensor(storage, 0, {3, 2}, {1, 3})},
                                      {"big", p::tensor(storage, 5, {1}, {1})},
                                      {"n", p::tensor(p::storage("LongStorage", "1", 1), 0, {1}, {1})}});
    writeBytes(folder / "x.pth", test::torchZip(p::finished(root), {{"0", test::rawAll<double>({0, 1, 2, 3, 4, 1e6})},
                                                                    {"1", test::rawAll<std::int64_t>({7})}}));
    const CheckpointFile file = CheckpointFile::open(folder / "x.pth");
    storeSafetensors(file, {{"a", "layer.a"}, {"big", "big"}, {"n", "n"}}, folder / "x.safetensors",
                     {false, {{"epoch", "3"}}});
    const SafetensorsFile whole = SafetensorsFile::open(folder / "x.safetensors");
    EXPECT_EQ(whole.readF32("layer.a", {3, 2}), (std::vector<float>{0, 3, 1, 4, 2, 1e6f}));
    EXPECT_EQ(whole.info("layer.a").dtype, "F32");
    EXPECT_EQ(whole.readI64("n"), std::vector<std::int64_t>{7});
    EXPECT_EQ(whole.meta("epoch"), "3");
    storeSafetensors(file, {{"a", "a"}, {"big", "big"}}, folder / "half.safetensors", {true, {}});
    const SafetensorsFile half = SafetensorsFile::open(folder / "half.safetensors");
    EXPECT_EQ(half.info("a").dtype, "F32"); // 1e6 is beyond F16
    EXPECT_EQ(half.names().size(), 2u);
    EXPECT_EQ(half.meta("precision"), "f16");
}

TEST(Store, HalfIsHalf) {
    const test::TempDir folder;
    writeOwnTransVae(folder / "own.safetensors", "compat");
    const CheckpointFile file = CheckpointFile::open(folder / "own.safetensors");
    const CheckpointReport report = inspectCheckpoint(file);
    storeSafetensors(file, report.names(), folder / "half.safetensors", {true, {}});
    EXPECT_LT(fs::file_size(folder / "half.safetensors"), fs::file_size(folder / "own.safetensors") * 6 / 10);
}

TEST(Store, ThereAndBackUnderTheAuthorsNames) {
    const test::TempDir folder;
    writeOwnTransVae(folder / "own.safetensors", "compat");
    const CheckpointFile own = CheckpointFile::open(folder / "own.safetensors");
    const OfficialNames official = officialNames(own);
    EXPECT_EQ(official.leftOut, std::vector<std::string>{"emc.coeff_mean"});
    EXPECT_EQ(official.names.size(), 72u);
    storeSafetensors(own, official.names, folder / "state.safetensors", {});
    storeTorch(own, official.names, folder / "state.pth", {});
    for (const char* name : {"state.safetensors", "state.pth"}) {
        const CheckpointFile back = CheckpointFile::open(folder / name);
        EXPECT_TRUE(inspectCheckpoint(back).fits()) << name;
        EXPECT_EQ(back.tensors().size(), 72u);
        for (const CheckpointTensor& tensor : back.tensors()) {
            EXPECT_TRUE(back.readF32(tensor) == own.readF32(*own.find(tensor.name))) << tensor.name;
            EXPECT_EQ(tensor.shape, own.find(tensor.name)->shape);
        }
    }
    // What torch.load looks at: aligned values, checksums, little end.
    const std::string bytes = readBytes(folder / "state.pth");
    EXPECT_NE(bytes.find("archive/byteorder"), std::string::npos);
    const CheckpointFile back = CheckpointFile::open(folder / "state.pth");
    const ByteView first = back.tensors()[0].storage;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first.data()) % 64, 0u); // the mapping begins on a page
}

TEST(Store, WhatTheAuthorsCannotLoadIsRefusedWithItsNames) {
    const test::TempDir folder;
    writeOwnTransVae(folder / "own.safetensors", "fixed", false);
    try {
        officialNames(CheckpointFile::open(folder / "own.safetensors"));
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(error.problem().find("reaction_decoder.vae_model.mu_token"), std::string::npos);
        EXPECT_NE(error.hint().find("compat"), std::string::npos);
    }
}

TEST(Store, AFailureLeavesNothing) {
    const test::TempDir folder;
    writeOwnTransVae(folder / "own.safetensors", "compat");
    const CheckpointFile own = CheckpointFile::open(folder / "own.safetensors");
    const auto names = inspectCheckpoint(own).names();
    fs::resize_file(folder / "own.safetensors", 1000);
    fs::create_directory(folder / "out");
    EXPECT_THROW(storeSafetensors(own, names, folder / "out/x.safetensors", {}), Error);
    EXPECT_THROW(storeTorch(own, names, folder / "out/x.pth", {}), Error);
    EXPECT_TRUE(fs::is_empty(folder / "out"));
}

// Runs `work` in a child that may take `bytes` more address space than it has; 0 = it ended by itself or by an Error,
// 1 = memory ran out.
int withMemory(std::uint64_t bytes, const std::function<void()>& work) {
    const pid_t child = fork();
    if (child == 0) {
        std::uint64_t pages = 0;
        std::ifstream("/proc/self/statm") >> pages;
        const rlimit limit{pages * 4096 + bytes, pages * 4096 + bytes};
        if (setrlimit(RLIMIT_AS, &limit) != 0) _exit(2);
        try {
            work();
        } catch (const Error&) { _exit(0); } catch (const std::bad_alloc&) {
            _exit(1);
        }
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) // gcc
#define EMC_OWN_SHADOW_MEMORY
#elif defined(__has_feature) // clang
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define EMC_OWN_SHADOW_MEMORY
#endif
#endif

// The address space counts the mapping too: this is stricter than what is really used.
TEST(Store, MemoryNeverExceedsTwiceTheFilePlus64MiB) {
#ifdef EMC_OWN_SHADOW_MEMORY
    GTEST_SKIP() << "a sanitizer reserves terabytes of address space";
#endif
    const test::TempDir folder;
    const auto bound = [](const fs::path& path) { return 2 * fs::file_size(path) + (64u << 20); };
    const auto openAll = [](const fs::path& path) {
        const CheckpointFile file = CheckpointFile::open(path);
        inspectCheckpoint(file);
        for (const CheckpointTensor& tensor : file.tensors()) file.streamF32(tensor, [](std::span<const float>) {});
    };
    // floods of one-byte objects, marks, calls and lists
    for (const std::string& flood : {"N"s, "("s, "})\x81"s, "]("s, "}(N}s"s, "(K\x01t"s, "2"s}) {
        std::string code = "\x80\x02N";
        while (code.size() < 2'500'000) code += flood;
        writeBytes(folder / "flood.pth", test::torchZip(code + ".", {}));
        EXPECT_EQ(withMemory(bound(folder / "flood.pth"), [&] { openAll(folder / "flood.pth"); }), 0) << flood;
    }
    // sizes that are only claimed
    const std::string one = test::rawAll<float>({1});
    const std::vector<std::string> claims = {
        test::torchZip(p::finished("\x8b\xff\xff\xff\x7f"), {}),
        test::torchZip(p::finished("X\xff\xff\xff\xff"), {}),
        test::torchZip(p::finished("\x8d\xff\xff\xff\xff\xff\xff\xff\x7f"), {}),
        test::torchZip(
            p::finished(p::dict({{"x", p::tensor(p::storage("FloatStorage", "0", 1), 0, {10'000'000}, {0})}})),
            {{"0", one}}),
        test::torchZip(
            p::finished(p::dict({{"x", p::tensor(p::storage("FloatStorage", "0", 1), 0, {2'000'000'000}, {0})}})),
            {{"0", one}}),
        test::torchStream(
            p::dict({{"x", p::tensor(p::storage("FloatStorage", "0", 2'000'000'000), 0, {2'000'000'000}, {1})}}),
            {{"0", 4, one}})};
    for (const std::string& claim : claims) {
        writeBytes(folder / "claim.pth", claim);
        EXPECT_EQ(withMemory(bound(folder / "claim.pth"), [&] { openAll(folder / "claim.pth"); }), 0);
    }
    // an honest file of 64 MB, its only tensor transposed: read and stored anew
    const int rows = 4000;
    writeBytes(folder / "big.pth",
               test::torchZip(p::finished(p::dict({{"x", p::tensor(p::storage("FloatStorage", "0", rows * rows), 0,
                                                                   {rows, rows}, {1, rows})}})),
                              {{"0", std::string(static_cast<std::size_t>(rows) * rows * 4, '\0')}}));
    EXPECT_EQ(withMemory(bound(folder / "big.pth"),
                         [&] {
                             openAll(folder / "big.pth");
                             const CheckpointFile file = CheckpointFile::open(folder / "big.pth");
                             storeSafetensors(file, {{"x", "x"}}, folder / "big.safetensors", {true, {}});
                         }),
              0);
    EXPECT_GT(fs::file_size(folder / "big.safetensors"), 31'000'000u);
}

} // namespace
} // namespace emc
