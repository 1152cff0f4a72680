// A checkpoint to give away: shared parts lie in files of their own, and every reader sees one checkpoint.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "core/api/error.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/data/parted_tensors.h"
#include "core/train/export_checkpoint.h"
#include "tests/support/shared.h"

namespace emc {
namespace {
namespace fs = std::filesystem;

const std::vector<float> kEncoder = {1, 2, 3, 4}, kHead = {5, 6}, kFaces = {7}, kOwn = {8, 9, 10};

fs::path checkpoint(const fs::path& folder, const std::string& host, const std::string& inside) {
    SafetensorsWriter writer;
    writer.addF32(inside + "video_encoder.conv.weight", {2, 2}, kEncoder);
    writer.addF32("ser.bias", {2}, kHead);
    writer.addF32("face_tokenizer.code", {1}, kFaces);
    writer.addF32("user.ser.bias", {3}, kOwn); // not the shared head: it lies inside another module
    writer.meta("model", host);
    const fs::path file = folder / (host + "-whole.safetensors");
    writer.write(file);
    return file;
}

std::vector<std::string> filesOf(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

class Export : public testing::Test {
protected:
    fs::path give(const std::string& host, const std::string& inside) {
        const fs::path out = m_folder / "out" / (host + ".safetensors");
        fs::create_directories(out.parent_path());
        exportCheckpoint(checkpoint(m_folder.path(), host, inside), out, {.half = true, .sharedApart = true});
        return out;
    }
    void expectBad(const fs::path& file, ErrorKind kind) {
        for (const bool parted : {true, false}) {
            try {
                if (parted) PartedTensors::open(file);
                else CheckpointFile::open(file);
                FAIL() << "opened";
            } catch (const Error& error) { EXPECT_EQ(error.kind(), kind) << error.what(); }
        }
    }
    test::TempDir m_folder;
};

TEST_F(Export, ModelsOfDifferentMakeShareTheirParts) {
    const fs::path a = give("a", "features."), b = give("b", "behaviour.");
    const auto files = filesOf(a.parent_path());
    ASSERT_EQ(files.size(), 5u) << testing::PrintToString(files);
    for (const auto& [file, inside] : {std::pair(a, "features."), std::pair(b, "behaviour.")}) {
        const PartedTensors tensors = PartedTensors::open(file);
        EXPECT_EQ(tensors.names().size(), 4u);
        EXPECT_EQ(tensors.readF32(std::string(inside) + "video_encoder.conv.weight"), kEncoder);
        EXPECT_EQ(tensors.info("ser.bias").dtype, "F16");
        EXPECT_EQ(tensors.readF32("face_tokenizer.code"), kFaces);
        EXPECT_EQ(tensors.readF32("user.ser.bias"), kOwn);
        EXPECT_EQ(SafetensorsFile::open(file).names(), std::vector<std::string>{"user.ser.bias"});
        const CheckpointFile whole = CheckpointFile::open(file);
        EXPECT_EQ(whole.tensors().size(), 4u);
        EXPECT_EQ(whole.facts().count(kPartsKey), 0u) << "stored anew it has no parts";
        ASSERT_NE(whole.find("ser.bias"), nullptr);
        EXPECT_EQ(whole.readF32(*whole.find("ser.bias")), kHead);
    }
    EXPECT_THROW(PartedTensors::open(a).info("features.ser.bias"), Error);
}

TEST_F(Export, WithoutTheWishItIsOneFile) {
    const fs::path out = m_folder / "one.safetensors";
    exportCheckpoint(checkpoint(m_folder.path(), "a", ""), out, {});
    EXPECT_EQ(SafetensorsFile::open(out).names().size(), 4u);
    EXPECT_EQ(PartedTensors::open(out).readF32("ser.bias"), kHead);
}

TEST_F(Export, APartThatIsLostOrAnotherOneIsTold) {
    const fs::path file = give("a", "features.");
    fs::path part;
    for (const std::string& name : filesOf(file.parent_path()))
        if (name.starts_with("speech_emotion-")) part = file.parent_path() / name;
    ASSERT_FALSE(part.empty());
    const fs::path kept = m_folder / "kept";
    fs::rename(part, kept);
    expectBad(file, ErrorKind::NotFound);
    fs::copy_file(kept, part);
    EXPECT_EQ(PartedTensors::open(file).names().size(), 4u);
    std::fstream(part, std::ios::in | std::ios::out | std::ios::binary).seekp(-1, std::ios::end).put('\x7f');
    expectBad(file, ErrorKind::BadInput);
}

TEST_F(Export, ACheckpointCannotNameFilesElsewhere) {
    for (const char* line : {"../x.safetensors abc -", "/x.safetensors abc -", ".. abc -", "x.safetensors abc", " "}) {
        SafetensorsWriter writer;
        writer.addF32("a", {1}, kFaces);
        writer.meta(kPartsKey, line);
        writer.write(m_folder / "bad.safetensors");
        expectBad(m_folder / "bad.safetensors", ErrorKind::BadInput);
    }
}

} // namespace
} // namespace emc
