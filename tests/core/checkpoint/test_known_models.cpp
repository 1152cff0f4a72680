// Which model a state dict is, and everything that does not fit.
#include <gtest/gtest.h>

#include "core/api/error.h"
#include "core/checkpoint/known_models.h"

namespace emc {
namespace {

std::int64_t parameters(const std::string& model, const std::set<std::string>& flags = {}, bool withUnused = true) {
    std::int64_t total = 0;
    for (const ExpectedTensor& tensor : expectedTensors(model, {}, flags)) {
        if (tensor.role == TensorRole::Constant || (!withUnused && tensor.role == TensorRole::Unused)) continue;
        std::int64_t count = 1;
        for (std::int64_t extent : tensor.shape) count *= extent;
        total += count;
    }
    return total;
}

std::vector<NamedShape> shapesOf(const std::string& model, const std::string& prefix = {}, const ModelSizes& sizes = {},
                                 const std::set<std::string>& flags = {}) {
    std::vector<NamedShape> shapes;
    for (const ExpectedTensor& tensor : expectedTensors(model, sizes, flags))
        shapes.push_back({prefix + tensor.name, tensor.shape});
    return shapes;
}

void append(std::vector<NamedShape>& to, const std::vector<NamedShape>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

// models.md section 7.2 and its corrections: the published totals.
TEST(KnownModels, TablesSumToThePublishedCounts) {
    EXPECT_EQ(parameters("trans-vae"), 1315891);
    EXPECT_EQ(parameters("trans-vae", {"online"}), 1670835);
    EXPECT_EQ(parameters("regnn", {"port"}), 2233171);
    EXPECT_EQ(parameters("regnn"), 2202571);
    EXPECT_EQ(parameters("faceais-tokenizer"), 27570568);
    EXPECT_EQ(parameters("faceais"), 86087896);
    EXPECT_EQ(parameters("belfusion-vae"), 242579);
    EXPECT_EQ(parameters("belfusion"), 12300928);
    EXPECT_EQ(parameters("wav2vec2"), 4201472);
    EXPECT_EQ(parameters("swin-t"), 27519354);
    EXPECT_EQ(parameters("vggish"), 72141184);
    EXPECT_EQ(expectedTensors("faceais-tokenizer").size(), 231u);
    EXPECT_EQ(expectedTensors("faceais").size(), 733u);
    EXPECT_EQ(expectedTensors("trans-vae").size(), 72u);
    EXPECT_EQ(expectedTensors("trans-vae", {}, {"online"}).size(), 98u);
    EXPECT_EQ(expectedTensors("regnn", {}, {"port"}).size(), 184u);
    EXPECT_THROW(expectedTensors("resnet"), Error);
}

TEST(KnownModels, EachTableRecognisesItself) {
    for (const std::string& model : knownModelNames()) {
        const auto parts = identifyModel(shapesOf(model));
        ASSERT_EQ(parts.size(), 1u) << model;
        EXPECT_EQ(parts[0].model, model);
        EXPECT_TRUE(parts[0].fits()) << model;
        EXPECT_EQ(parts[0].names.size(), expectedTensors(model).size());
    }
}

TEST(KnownModels, VariantsAndSizesComeFromTheFile) {
    EXPECT_EQ(identifyModel(shapesOf("trans-vae", {}, {}, {"online"}))[0].variant, "online");
    EXPECT_EQ(identifyModel(shapesOf("trans-vae"))[0].variant, "offline");
    EXPECT_EQ(identifyModel(shapesOf("regnn", {}, {}, {"port"}))[0].variant, "port");
    EXPECT_EQ(identifyModel(shapesOf("regnn"))[0].variant, "original");
    EXPECT_TRUE(identifyModel(shapesOf("regnn", {}, {}, {"indirect"}))[0].fits());
    const ModelSizes odd = {{"width", 48}, {"layers", 3}, {"block", 16}, {"levels", 6}};
    const auto parts = identifyModel(shapesOf("faceais-tokenizer", "model.", odd));
    EXPECT_TRUE(parts[0].fits());
    EXPECT_EQ(parts[0].sizes, odd);
    EXPECT_TRUE(identifyModel(shapesOf("faceais-tokenizer", "model.", {}, {"bias"}))[0].fits());
    EXPECT_TRUE(identifyModel(shapesOf("swin-t", {}, {}, {"head"}))[0].fits());
}

TEST(KnownModels, AMatcherOfBelfusionCarriesItsAutoencoder) {
    auto shapes = shapesOf("belfusion", "model.");
    append(shapes, shapesOf("belfusion-vae", "embed_emotion."));
    const auto parts = identifyModel(shapes);
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].model, "belfusion");
    EXPECT_EQ(parts[1].model, "belfusion-vae");
    EXPECT_EQ(parts[1].prefix, "embed_emotion.");
    EXPECT_TRUE(parts[0].fits() && parts[1].fits());
    // The authors' code loads the denoiser alone.
    EXPECT_EQ(officialName("belfusion", "time_embed.0.weight"), "time_embed.0.weight");
    EXPECT_TRUE(officialName("belfusion", "embed_emotion.d_out.weight").empty());
}

TEST(KnownModels, WrappersAreTakenOff) {
    for (const char* prefix : {"module.", "model.", "module.model.", "_orig_mod.", "_orig_mod.module.", "net."}) {
        const auto parts = identifyModel(shapesOf("regnn", prefix));
        ASSERT_EQ(parts.size(), 1u) << prefix;
        EXPECT_TRUE(parts[0].fits()) << prefix;
        EXPECT_EQ(parts[0].names.at(std::string(prefix) + "motor_processor.log_s"), "motor_processor.log_s");
    }
}

TEST(KnownModels, APredictorCarriesItsParts) {
    auto shapes = shapesOf("faceais", "model.");
    append(shapes, shapesOf("faceais-tokenizer", "face_tokenizer.model."));
    append(shapes, shapesOf("wav2vec2", "sound_feature_extractor.model."));
    shapes.push_back({"sound_feature_extractor.model.encoder.layers.0.attention.k_proj.weight", {768, 768}});
    shapes.push_back({"model.lt_cm_transformer.h.0.attn.bias", {1, 1, 256, 256}});
    const auto parts = identifyModel(shapes);
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_EQ(parts[0].model, "faceais");
    EXPECT_EQ(
        parts[0].ignored,
        (std::vector<std::string>{"model.lt_cm_transformer.h.0.attn.bias", "model.sp_cm_transformer.ln_f.bias",
                                  "model.sp_cm_transformer.ln_f.weight", "model.sp_cm_transformer.wte_sound.weight"}));
    for (const ModelPart& part : parts) EXPECT_TRUE(part.fits()) << part.model;
    EXPECT_EQ(parts[1].names.at("face_tokenizer.model.lm_head_3dmm.weight"), "face_tokenizer.lm_head_3dmm.weight");
    EXPECT_EQ(parts[2].ignored.size(), 1u);
    EXPECT_EQ(parts[2].names.count("sound_feature_extractor.model.encoder.layers.0.attention.k_proj.weight"), 0u);
    // and back
    for (const ModelPart& part : parts)
        for (const auto& [inFile, ours] : part.names) EXPECT_EQ(officialName("faceais", ours), inFile);
}

TEST(KnownModels, AWholeWav2vec2IsItsFrontEnd) {
    auto shapes = shapesOf("wav2vec2", "wav2vec2.");
    shapes.push_back({"wav2vec2.encoder.layers.0.attention.k_proj.weight", {768, 768}});
    shapes.push_back({"wav2vec2.masked_spec_embed", {768}});
    shapes.push_back({"lm_head.weight", {32, 768}});
    const auto parts = identifyModel(shapes);
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].model, "wav2vec2");
    EXPECT_TRUE(parts[0].fits());
    EXPECT_EQ(parts[0].ignored.size(), 3u);
}

// Swin-T as torchvision names it: features.1, 3, 5, 7 are stages, 2, 4, 6 what merges between them.
std::vector<NamedShape> torchvisionSwin() {
    std::vector<NamedShape> shapes;
    for (NamedShape tensor : shapesOf("swin-t", {}, {{"classes", 1000}}, {"head"})) {
        std::string& name = tensor.name;
        const auto replace = [&](const std::string& from, const std::string& to) {
            if (const std::size_t at = name.find(from); at != std::string::npos) name.replace(at, from.size(), to);
        };
        replace("patch_embed.proj", "features.0.0");
        replace("patch_embed.norm", "features.0.2");
        for (int stage = 0; stage < 4; ++stage) {
            const std::string at = "layers." + std::to_string(stage) + ".";
            replace(at + "blocks", "features." + std::to_string(2 * stage + 1));
            replace(at + "downsample", "features." + std::to_string(2 * stage + 2));
        }
        replace("mlp.fc1", "mlp.0");
        replace("mlp.fc2", "mlp.3");
        if (name.ends_with("attn.qkv.bias"))
            shapes.push_back({name.substr(0, name.size() - 8) + "relative_position_index", {2401}});
        shapes.push_back(tensor);
    }
    return shapes;
}

TEST(KnownModels, SwinUnderThreeNames) {
    auto shapes = torchvisionSwin();
    const auto parts = identifyModel(shapes);
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].model, "swin-t");
    EXPECT_TRUE(parts[0].fits());
    EXPECT_EQ(parts[0].sizes.at("classes"), 1000);
    EXPECT_EQ(parts[0].names.at("features.5.4.mlp.3.weight"), "layers.2.blocks.4.mlp.fc2.weight");
    EXPECT_EQ(parts[0].names.at("features.6.reduction.weight"), "layers.2.downsample.reduction.weight");
    EXPECT_EQ(parts[0].names.at("features.0.2.bias"), "patch_embed.norm.bias");
    std::set<std::string> written;
    for (const auto& [inFile, ours] : parts[0].names) written.insert(ours);
    for (const ExpectedTensor& tensor : expectedTensors("swin-t", {}, {"head"}))
        EXPECT_TRUE(written.contains(tensor.name)) << tensor.name;
    EXPECT_EQ(parts[0].ignored.size(), 12u + 2u); // positions are computed, the head is not used

    // Faults are said with the file's names.
    std::erase_if(shapes, [](const NamedShape& tensor) { return tensor.name == "features.4.norm.bias"; });
    for (NamedShape& tensor : shapes)
        if (tensor.name == "features.1.0.mlp.0.bias") tensor.shape = {7};
    shapes.push_back({"patch_embed.norm.bias", {96}});
    const auto broken = identifyModel(shapes);
    EXPECT_EQ(broken[0].missing, std::vector<std::string>{"features.4.norm.bias"});
    EXPECT_EQ(broken[0].misshapen, std::vector<std::string>{"features.1.0.mlp.0.bias: file (7), model (384)"});
    EXPECT_EQ(broken[0].unexpected, std::vector<std::string>{"patch_embed.norm.bias"});

    // timm: merging at the beginning of a stage, a head with a name of its own
    std::vector<NamedShape> timm;
    for (NamedShape tensor : shapesOf("swin-t")) {
        if (const std::size_t at = tensor.name.find(".downsample"); at != std::string::npos) ++tensor.name[at - 1];
        timm.push_back(tensor);
    }
    timm.push_back({"head.fc.weight", {1000, 768}});
    timm.push_back({"head.fc.bias", {1000}});
    const auto late = identifyModel(timm);
    EXPECT_TRUE(late[0].fits());
    EXPECT_EQ(late[0].names.at("layers.3.downsample.norm.weight"), "layers.2.downsample.norm.weight");
    EXPECT_EQ(late[0].names.at("head.fc.bias"), "head.bias");
}

TEST(KnownModels, TwoTensorsCanBeAWholeModel) {
    const auto parts = identifyModel({{"pca_eigen_vectors", {128, 128}}, {"pca_means", {128}}});
    EXPECT_EQ(parts[0].model, "vggish-pca");
    EXPECT_TRUE(parts[0].fits());
    EXPECT_EQ(identifyModel({{"pca_means", {128}}})[0].model, "");
    EXPECT_EQ(identifyModel({{"pca_means", {128}}, {"other", {1}}})[0].model, "");
}

TEST(KnownModels, EveryFaultIsListedAtOnce) {
    auto shapes = shapesOf("trans-vae", "module.");
    std::erase_if(shapes, [](const NamedShape& tensor) {
        return tensor.name == "module.fusion.weight" || tensor.name == "module.reaction_decoder.vae_model.mu_token";
    });
    for (NamedShape& tensor : shapes)
        if (tensor.name == "module.fusion.bias") tensor.shape = {127};
    shapes.push_back({"module.head.weight", {3, 3}});
    const auto parts = identifyModel(shapes);
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].missing,
              (std::vector<std::string>{"module.fusion.weight", "module.reaction_decoder.vae_model.mu_token"}));
    EXPECT_EQ(parts[0].unexpected, std::vector<std::string>{"module.head.weight"});
    EXPECT_EQ(parts[0].misshapen, std::vector<std::string>{"module.fusion.bias: file (127), model (128)"});
    EXPECT_TRUE(parts[0].rebuilt.empty());
}

TEST(KnownModels, ConstantTablesMayBeAbsent) {
    auto shapes = shapesOf("trans-vae");
    std::erase_if(shapes, [](const NamedShape& tensor) { return tensor.name == "reaction_decoder.PE.pe"; });
    const auto parts = identifyModel(shapes);
    EXPECT_TRUE(parts[0].fits());
    EXPECT_EQ(parts[0].rebuilt, std::vector<std::string>{"reaction_decoder.PE.pe"});
}

TEST(KnownModels, StrangersAreNotForcedIntoATable) {
    const auto parts = identifyModel(
        {{"conv1.weight", {64, 3, 7, 7}}, {"fc.weight", {1000, 512}}, {"fc.bias", {1000}}, {"bn1.weight", {64}}});
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].model, "");
    EXPECT_EQ(parts[0].unexpected.size(), 4u);
    EXPECT_TRUE(identifyModel({}).empty() || identifyModel({})[0].model.empty());
    // Numbers of layers are untrusted.
    const auto many = identifyModel({{"encoder.h.999999999999.ln_1.weight", {1}},
                                     {"encoder.h.4000000.ln_1.weight", {1}},
                                     {"encoder.wfe.bias", {252}}});
    EXPECT_EQ(many[0].model, "");
}

TEST(KnownModels, OnlyOursHaveNoOfficialName) {
    EXPECT_EQ(officialName("trans-vae", "fusion.weight"), "fusion.weight");
    EXPECT_EQ(officialName("trans-vae-emc", "emc.coeff_mean"), "");
    EXPECT_EQ(officialName("trans-vae-emc", "ser.output.weight"), "");
    EXPECT_EQ(officialName("faceais-tokenizer", "encoder.wfe.weight"), "model.encoder.wfe.weight");
    EXPECT_EQ(officialName("faceais", "face_tokenizer.encoder.wfe.weight"), "face_tokenizer.model.encoder.wfe.weight");
}

} // namespace
} // namespace emc
