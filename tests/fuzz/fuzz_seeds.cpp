// fuzz_seeds CHECKPOINTS OUT: small starting inputs from real files (their pickles, and whole files below 300 KB) and
// from the tests' own maker.
#include <cstdio>
#include <fstream>

#include "core/checkpoint/mapped_file.h"
#include "core/checkpoint/zip_archive.h"
#include "core/data/safetensors.h"
#include "tests/core/checkpoint/pickle_maker.h"

namespace {
namespace fs = std::filesystem;
namespace p = emc::test::pickle;

void put(const fs::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

void putMade(const fs::path& out) {
    const std::string storage = p::storage("FloatStorage", "0", 64);
    const p::Pairs tensors = {{"a.weight", p::parameter(p::tensor(storage, 0, {4, 3}, {1, 4}))},
                              {"n", p::tensor(storage, 3, {2}, {1})}};
    const std::string root = p::dict({{"epoch", p::whole(3)},
                                      {"state_dict", p::ordered(tensors)},
                                      {"hyper_parameters", p::dict({{"x", p::real(.5)}})}});
    const std::string module =
        p::module("Net", {{"w", p::tensor(storage, 0, {4}, {1})}}, {{"b", p::tensor(storage, 0, {}, {})}}, {});
    const std::string values(256, '\1');
    put(out / "made_pickle", p::finished(root));
    put(out / "made_module", p::finished(module));
    const std::string array = p::array("f4", "<", {2, 3}, true, emc::test::rawAll<float>({0, -1.5f, 2, 3, 4e9f, 5}));
    put(out / "made_array", p::finished(p::dict({{"means", array}})));
    put(out / "made_zip", emc::test::torchZip(p::finished(root), {{"0", values}}));
    put(out / "made_zip64", emc::test::torchZip(p::finished(module), {{"0", values}}, true));
    emc::SafetensorsWriter writer;
    writer.addF32("a.weight", {2, 3}, std::vector<float>{0, 1, 2, 3, 4, 5});
    writer.addU8("frames", {1, 3}, std::vector<std::uint8_t>{1, 2, 3});
    writer.addF16("half", {}, std::vector<float>{.5f});
    writer.meta("model", "regnn");
    writer.write(out / "made.safetensors");
    put(out / "made_stream", emc::test::torchStream(root, {{"0", 4, values}}));
}
} // namespace

int main(int count, char** words) {
    if (count != 3) {
        std::fputs("fuzz_seeds CHECKPOINTS OUT\n", stderr);
        return 2;
    }
    const fs::path out = words[2];
    fs::create_directories(out);
    putMade(out);
    for (const auto& entry : fs::directory_iterator(words[1])) {
        try {
            const std::string name = entry.path().filename().string();
            if (name.ends_with(".json")) continue; // the list of the samples
            const auto file = emc::MappedFile::open(entry.path());
            if (file->bytes().size() < 300'000) put(out / name, emc::textOf(file->bytes()));
            if (!emc::ZipArchive::looksLikeZip(file->bytes())) continue;
            emc::MemoryBudget budget(emc::MemoryBudget::forFile(file->bytes().size()), name);
            const emc::ZipArchive archive(file->bytes(), name, budget);
            for (const emc::ZipEntry& part : archive.entries())
                if (part.name.ends_with("data.pkl")) put(out / (name + ".pkl"), emc::textOf(archive.data(part)));
        } catch (const emc::Error& error) {
            std::fprintf(stderr, "%s\n", error.what()); // the truncated sample has no directory
        }
    }
    return 0;
}
