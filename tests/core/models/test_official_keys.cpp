// Our compat networks under the authors' names: every key and shape of theirs, nothing else.
#include <gtest/gtest.h>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/api/vectors.h"
#include "core/checkpoint/store.h"
#include "core/data/safetensors.h"
#include "core/nn/checkpoint.h"
#include "tests/core/models/training_batch.h"
#include "tests/support/shared.h"

namespace emc {
namespace {

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

// Of a network as its training makes it, under the authors' names.
Shapes officialShapes(const std::string& model, const std::string& variant) {
    const auto trainable =
        ModelCatalogue::shared().find(model).makeTrainable(writeTrainOptions(test::optionsFor(model, variant)));
    // As a file holds them: kernels over one frame have five axes there.
    const test::TempDir folder;
    saveModule(trainable->module(), folder / "ours.safetensors", {});
    const SafetensorsFile file = SafetensorsFile::open(folder / "ours.safetensors");
    Shapes shapes;
    for (const std::string& stored : file.names())
        if (const std::string name = officialName(model, stored); !name.empty()) shapes[name] = file.info(stored).shape;
    return shapes;
}

CheckpointReport reportOf(const Shapes& shapes) {
    std::vector<NamedShape> list;
    for (const auto& [name, shape] : shapes) list.push_back({name, shape});
    CheckpointReport report;
    report.parts = identifyModel(list);
    return report;
}

// What the table of the authors' model asks for with these sizes; constants that both sides compute are left out.
Shapes authors(const ModelPart& part, const std::set<std::string>& flags) {
    Shapes shapes;
    for (const ExpectedTensor& tensor : expectedTensors(part.model, part.sizes, flags))
        if (tensor.role != TensorRole::Constant) shapes[part.filePrefix + tensor.name] = tensor.shape;
    return shapes;
}

// What differs from the published sizes.
ModelSizes otherSizes(const ModelPart& part) {
    ModelSizes differing;
    for (const auto& [name, published] : publishedSizes(part.model))
        if (part.sizes.at(name) != published) differing[name] = part.sizes.at(name);
    return differing;
}

Shapes withoutConstants(Shapes shapes, const CheckpointReport& report) {
    for (const ModelPart& part : report.parts)
        for (const ExpectedTensor& tensor : expectedTensors(part.model, part.sizes))
            if (tensor.role == TensorRole::Constant) shapes.erase(part.filePrefix + tensor.name);
    return shapes;
}

// Tells what differs instead of two lists of everything.
void expectSame(const Shapes& ours, const Shapes& theirs) {
    for (const auto& [name, shape] : ours) {
        const auto found = theirs.find(name);
        if (found == theirs.end()) ADD_FAILURE() << "only ours: " << name;
        else EXPECT_EQ(shape, found->second) << name;
    }
    for (const auto& [name, shape] : theirs) EXPECT_TRUE(ours.count(name)) << "only theirs: " << name;
}

struct Host {
    const char *model, *official;
    std::set<std::string> flags;
    std::vector<ModelSizes> sizes; // that are not the published ones, per part: what the studio's features are wide
};

class CompatHost : public testing::TestWithParam<Host> {};

TEST_P(CompatHost, HoldsEveryKeyAndShapeOfTheAuthors) {
    const Host& host = GetParam();
    const Shapes ours = officialShapes(host.model, "compat");
    const CheckpointReport report = reportOf(ours);
    ASSERT_EQ(report.parts.size(), host.sizes.size());
    EXPECT_EQ(report.parts.front().model, host.official);
    Shapes theirs;
    for (std::size_t i = 0; i < report.parts.size(); ++i) {
        const ModelPart& part = report.parts[i];
        EXPECT_TRUE(part.fits()) << part.model << testing::PrintToString(part.missing)
                                 << testing::PrintToString(part.unexpected) << testing::PrintToString(part.misshapen);
        EXPECT_EQ(otherSizes(part), host.sizes[i]) << part.model;
        theirs.merge(authors(part, i == 0 ? host.flags : std::set<std::string>{}));
    }
    expectSame(withoutConstants(ours, report), theirs);
}

INSTANTIATE_TEST_SUITE_P(All, CompatHost,
                         testing::Values(Host{"trans-vae", "trans-vae", {}, {{}}},
                                         Host{"regnn", "regnn", {"port"}, {{{"audio", kMfccDims}, {"video", 128}}}},
                                         Host{"faceais",
                                              "faceais",
                                              {},
                                              {{{"layers", 2}, {"sound", kMfccDims}, {"width", 32}},
                                               {{"layers", 2}, {"width", 48}}}}),
                         [](const auto& info) {
                             std::string name = info.param.model;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

// The recorded file of the authors has the very names and shapes that ours get.
TEST(OfficialKeys, TheRecordedTransVaeIsTheSame) {
    EMC_NEED_SHARED("golden/checkpoints/transvae_best_checkpoint.pth");
    const CheckpointFile file =
        CheckpointFile::open(test::sharedFolder() / "golden/checkpoints/transvae_best_checkpoint.pth");
    Shapes recorded;
    for (const CheckpointTensor& tensor : file.tensors()) recorded[tensor.name] = tensor.shape;
    const Shapes ours = officialShapes("trans-vae", "compat");
    expectSame(withoutConstants(ours, reportOf(ours)), withoutConstants(recorded, inspectCheckpoint(file)));
}

// The variant fixed is another network, and the refusal says so in one sentence.
TEST(OfficialKeys, FixedIsRefused) {
    for (const char* model : {"trans-vae", "regnn", "faceais"}) {
        const test::TempDir folder;
        const auto trainable =
            ModelCatalogue::shared().find(model).makeTrainable(writeTrainOptions(test::optionsFor(model)));
        saveModule(trainable->module(), folder / "x.safetensors", trainable->metadata());
        try {
            officialNames(CheckpointFile::open(folder / "x.safetensors"));
            ADD_FAILURE() << model;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::BadInput);
            EXPECT_NE(std::string(error.what()).find("cannot load this checkpoint"), std::string::npos);
            EXPECT_NE(error.hint().find("variant compat"), std::string::npos) << error.hint();
        }
    }
}

} // namespace
} // namespace emc
