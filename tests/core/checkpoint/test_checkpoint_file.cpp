// Files of torch.save in all their shapes, made here byte by byte.
#include <gtest/gtest.h>

#include <fstream>
#include <numeric>

#include "core/checkpoint/checkpoint_file.h"
#include "core/data/half.h"
#include "core/data/safetensors.h"
#include "tests/core/checkpoint/pickle_maker.h"
#include "tests/support/shared.h"

namespace emc {
namespace {
namespace p = test::pickle;
using namespace std::string_literals;

// 0, 1, 2, ... as float
std::string counting(int count) {
    std::vector<float> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 0.f);
    return test::rawAll(values);
}

std::string stateFile(const p::Pairs& tensors, const test::ZipParts& storages) {
    return test::torchZip(p::finished(p::dict({{"epoch", p::whole(3)}, {"state_dict", p::ordered(tensors)}})),
                          storages);
}

CheckpointFile parsed(const std::string& bytes) {
    return CheckpointFile::parse(test::bytesOf(bytes), "test");
}

std::string problemOf(const std::string& bytes) {
    try {
        parsed(bytes);
    } catch (const Error& error) {
        EXPECT_NE(error.kind(), ErrorKind::Internal) << error.what();
        return error.what();
    }
    return {};
}

std::vector<std::string> namesOf(const CheckpointFile& file) {
    std::vector<std::string> names;
    for (const CheckpointTensor& tensor : file.tensors()) names.push_back(tensor.name);
    return names;
}

std::vector<float> values(const CheckpointFile& file, const std::string& name) {
    const CheckpointTensor* tensor = file.find(name);
    if (!tensor) return {};
    return file.readF32(*tensor);
}

TEST(CheckpointFile, ViewsAreReadByShapeStrideAndOffset) {
    const std::string storage = p::storage("FloatStorage", "0", 12);
    const std::string bytes = stateFile({{"whole", p::tensor(storage, 0, {3, 4}, {4, 1})},
                                         {"transposed", p::tensor(storage, 0, {4, 3}, {1, 4})},
                                         {"part", p::tensor(storage, 5, {2, 2}, {4, 1})},
                                         {"every_second", p::tensor(storage, 1, {3}, {2})},
                                         {"expanded", p::tensor(storage, 7, {2, 3}, {0, 0})},
                                         {"scalar", p::tensor(storage, 11, {}, {})},
                                         {"nothing", p::tensor(storage, 12, {0, 5}, {5, 1})},
                                         {"one", p::tensor(storage, 2, {1, 2}, {77, 1})}},
                                        {{"0", counting(12)}});
    const CheckpointFile file = parsed(bytes);
    EXPECT_EQ(file.format(), "torch-zip");
    EXPECT_EQ(file.facts().at("epoch"), "3");
    ASSERT_EQ(file.tensors().size(), 8u);
    EXPECT_EQ(values(file, "whole"), (std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
    EXPECT_EQ(values(file, "transposed"), (std::vector<float>{0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11}));
    EXPECT_EQ(values(file, "part"), (std::vector<float>{5, 6, 9, 10}));
    EXPECT_EQ(values(file, "every_second"), (std::vector<float>{1, 3, 5}));
    EXPECT_EQ(values(file, "expanded"), std::vector<float>(6, 7));
    EXPECT_EQ(values(file, "scalar"), std::vector<float>{11});
    EXPECT_EQ(values(file, "nothing"), std::vector<float>{});
    EXPECT_EQ(values(file, "one"), (std::vector<float>{2, 3}));
    EXPECT_TRUE(file.find("whole")->contiguous());
    EXPECT_FALSE(file.find("transposed")->contiguous());
    EXPECT_EQ(file.read(*file.find("transposed")).size(), 48u);
    EXPECT_EQ(file.find("absent"), nullptr);
}

TEST(CheckpointFile, EveryElementType) {
    struct Case {
        const char *storage, *dtype;
        std::string bytes;
    };
    const std::vector<Case> cases = {
        {"FloatStorage", "F32", test::rawAll<float>({1.5f, -2})},
        {"DoubleStorage", "F64", test::rawAll<double>({1.5, -2})},
        {"HalfStorage", "F16", test::rawAll<std::uint16_t>({floatToHalf(1.5f), floatToHalf(-2)})},
        {"BFloat16Storage", "BF16", test::rawAll<std::uint16_t>({floatToBfloat16(1.5f), floatToBfloat16(-2)})},
        {"LongStorage", "I64", test::rawAll<std::int64_t>({1, -2})},
        {"IntStorage", "I32", test::rawAll<std::int32_t>({1, -2})},
        {"ShortStorage", "I16", test::rawAll<std::int16_t>({1, -2})},
        {"CharStorage", "I8", test::rawAll<std::int8_t>({1, -2})},
        {"ByteStorage", "U8", test::rawAll<std::uint8_t>({1, 254})},
        {"BoolStorage", "BOOL", test::rawAll<std::uint8_t>({0, 255})}};
    for (const Case& one : cases) {
        const std::string bytes =
            stateFile({{"x", p::tensor(p::storage(one.storage, "7", 2), 0, {2}, {1})}}, {{"7", one.bytes}});
        const CheckpointFile file = parsed(bytes);
        ASSERT_EQ(file.tensors().size(), 1u) << one.storage;
        EXPECT_EQ(file.tensors()[0].dtype, one.dtype);
        const auto got = values(file, "x");
        const bool floating = std::string(one.dtype).find('F') != std::string::npos;
        const float first = floating ? 1.5f : std::string(one.dtype) == "BOOL" ? 0 : 1;
        const float second = std::string(one.dtype) == "U8" ? 254.f : std::string(one.dtype) == "BOOL" ? 1.f : -2.f;
        EXPECT_EQ(got, (std::vector<float>{first, second})) << one.storage;
    }
}

TEST(CheckpointFile, TypedAndUntypedRebuildFunctions) {
    const std::string old =
        p::call(p::global("torch._utils", "_rebuild_tensor"),
                p::tuple({p::storage("FloatStorage", "0", 4), p::whole(1), p::wholes({2}), p::wholes({1})}));
    const std::string typed =
        p::call(p::global("torch._utils", "_rebuild_tensor_v3"),
                p::tuple({p::tuple({p::text("storage"), p::global("torch.storage", "UntypedStorage"), p::text("1"),
                                    p::text("cuda:1"), p::whole(8)}) +
                              "Q",
                          p::whole(0), p::wholes({2}), p::wholes({1}), "\x89", "ccollections\nOrderedDict\n)R",
                          p::global("torch", "int32")}));
    const std::string subclass = p::call(
        p::global("torch._tensor", "_rebuild_from_type_v2"),
        p::tuple(
            {p::global("torch._utils", "_rebuild_tensor_v2"), p::global("torch.nn.parameter", "Parameter"),
             p::tuple({p::storage("FloatStorage", "0", 4), p::whole(2), p::wholes({2}), p::wholes({1}), "\x89", "N"}),
             "}"}));
    const std::string bytes =
        stateFile({{"old", old},
                   {"typed", typed},
                   {"subclass", subclass},
                   {"parameter", p::parameter(p::tensor(p::storage("FloatStorage", "0", 4), 3, {1}, {1}))}},
                  {{"0", counting(4)}, {"1", test::rawAll<std::int32_t>({8, 9})}});
    const CheckpointFile file = parsed(bytes);
    EXPECT_EQ(values(file, "old"), (std::vector<float>{1, 2}));
    EXPECT_EQ(values(file, "typed"), (std::vector<float>{8, 9}));
    EXPECT_EQ(file.find("typed")->dtype, "I32");
    EXPECT_EQ(file.find("typed")->device, "cuda:1");
    EXPECT_EQ(values(file, "subclass"), (std::vector<float>{2, 3}));
    EXPECT_EQ(values(file, "parameter"), (std::vector<float>{3}));
}

TEST(CheckpointFile, RangesOutsideTheStorageAreRefused) {
    const auto problem = [](int offset, const std::vector<int>& shape, const std::vector<int>& stride) {
        return problemOf(stateFile({{"bad.one", p::tensor(p::storage("FloatStorage", "0", 12), offset, shape, stride)}},
                                   {{"0", counting(12)}}));
    };
    EXPECT_EQ(problem(0, {12}, {1}), "");
    EXPECT_EQ(problem(4, {2, 4}, {4, 1}), "");
    for (const std::string& said :
         {problem(1, {12}, {1}), problem(0, {13}, {1}), problem(0, {2}, {12}), problem(13, {0}, {1}),
          problem(-1, {2}, {1}), problem(0, {-2}, {1}), problem(4, {3}, {-1}), problem(0, {2, 2}, {1}),
          problem(0, {2147483647, 2147483647}, {2147483647, 2147483647}),
          problem(0, std::vector<int>(17, 1), std::vector<int>(17, 1))})
        EXPECT_NE(said.find("bad.one"), std::string::npos) << said;
    // The number of elements that the pickle claims does not matter: only the bytes that are there.
    EXPECT_NE(problemOf(stateFile({{"x", p::tensor(p::storage("FloatStorage", "0", 2000000000), 0, {2000000000}, {1})}},
                                  {{"0", counting(12)}}))
                  .find("reaches to element 2000000000 of a storage of 12"),
              std::string::npos);
    EXPECT_NE(problemOf(stateFile({{"x", p::tensor(p::storage("FloatStorage", "5", 12), 0, {12}, {1})}},
                                  {{"0", counting(12)}}))
                  .find("not in the file"),
              std::string::npos);
}

TEST(CheckpointFile, AHugeExpandedTensorIsRefusedWithoutMemory) {
    const std::string bytes = stateFile(
        {{"x", p::tensor(p::storage("FloatStorage", "0", 1), 0, {2000000000, 1000}, {0, 0})}}, {{"0", counting(1)}});
    EXPECT_NE(problemOf(bytes).find("far more values than the file holds"), std::string::npos);
    p::Pairs many;
    for (int i = 0; i < 200; ++i)
        many.emplace_back("x" + std::to_string(i), p::tensor(p::storage("FloatStorage", "0", 1), 0, {4000000}, {0}));
    EXPECT_NE(problemOf(stateFile(many, {{"0", counting(1)}})).find("far more values than the file holds"),
              std::string::npos);
}

TEST(CheckpointFile, WholeModulesAreWalked) {
    const std::string storage = p::storage("FloatStorage", "0", 8);
    const auto at = [&](int offset) { return p::parameter(p::tensor(storage, offset, {1}, {1})); };
    const std::string linear = p::module("Linear", {{"weight", at(0)}, {"bias", "N"}}, {}, {});
    const std::string norm =
        p::module("Norm", {{"weight", at(1)}}, {{"mean", at(2)}, {"cache", at(3)}, {"empty", "N"}}, {}, {"cache"});
    const std::string root = p::module("Net", {{"scale", at(4)}}, {}, {{"0", linear}, {"norm", norm}, {"gone", "N"}});
    const CheckpointFile file = parsed(test::torchZip(p::finished(root), {{"0", counting(8)}}));
    EXPECT_EQ(namesOf(file), (std::vector<std::string>{"scale", "0.weight", "norm.weight", "norm.mean"}));
    EXPECT_EQ(values(file, "norm.mean"), std::vector<float>{2});
    // inside a dict, and in the older stream with its record of classes and their sources
    const std::string persistent =
        p::tuple({p::text("module"), p::global("models", "Net"), p::text("net.py"), p::text("import os")}) + "Q";
    const std::string older = persistent + ")\x81" + p::dict({{"_modules", p::dict({{"a", linear}})}}) + "b";
    const CheckpointFile stream = parsed(test::torchStream(p::dict({{"model", older}}), {{"0", 4, counting(8)}}));
    EXPECT_EQ(stream.format(), "torch-stream");
    EXPECT_EQ(namesOf(stream), std::vector<std::string>{"a.weight"});
}

TEST(CheckpointFile, TheStateDictIsFoundWhereverItLies) {
    const std::string storage = p::storage("FloatStorage", "0", 2), tensor = p::tensor(storage, 0, {2}, {1});
    const auto names = [&](const std::string& root) {
        return namesOf(parsed(test::torchZip(p::finished(root), {{"0", counting(2)}})));
    };
    const std::vector<std::string> expected = {"a.b"};
    EXPECT_EQ(names(p::dict({{"a.b", tensor}})), expected);
    EXPECT_EQ(names(p::ordered({{"a.b", tensor}})), expected);
    EXPECT_EQ(
        names(p::dict({{"optimizer", p::dict({{"state", tensor}})}, {"state_dict", p::ordered({{"a.b", tensor}})}})),
        expected);
    EXPECT_EQ(names(p::dict({{"model", p::dict({{"a", p::dict({{"b", tensor}})}})}})), expected);
    EXPECT_EQ(names(p::dict({{"anything", p::dict({{"b", tensor}})}})), std::vector<std::string>{"anything.b"});
    EXPECT_EQ(names(p::tuple({p::dict({{"a.b", tensor}}), p::dict({{"other", tensor}})})), expected);
    EXPECT_EQ(names(tensor), std::vector<std::string>{"tensor"});
    EXPECT_EQ(names(p::dict({{"state_dict", p::dict({{"a.b", tensor}})}, {"statistics", p::dict({{"min", tensor}})}})),
              (std::vector<std::string>{"a.b", "statistics.min"}));
    // OrderedDict([[key, value]]) of Python 2
    EXPECT_EQ(names("ccollections\nOrderedDict\n](" + p::tuple({p::text("a.b"), tensor}) + "e\x85R"), expected);
    EXPECT_NE(problemOf(test::torchZip(p::finished(p::dict({{"epoch", p::whole(1)}})), {})).find("no tensor"),
              std::string::npos);
}

TEST(CheckpointFile, HyperParametersOfForeignClassesArePlain) {
    const std::string node =
        p::global("omegaconf.nodes", "AnyNode") + ")\x81" + p::dict({{"_val", p::whole(12)}, {"_parent", "N"}}) + "b";
    const std::string config = p::global("omegaconf.dictconfig", "DictConfig") + ")\x81" +
                               p::dict({{"_metadata", "N"}, {"_content", p::dict({{"n_head", node}})}}) + "b";
    const std::string root =
        p::dict({{"state_dict", p::dict({{"x", p::tensor(p::storage("FloatStorage", "0", 1), 0, {1}, {1})}})},
                 {"lr", p::real(0.5)},
                 {"hyper_parameters", p::dict({{"config", config},
                                               {"name", p::text("a\"b")},
                                               {"list", "](K\x01\x88"
                                                        "e"}})}});
    const CheckpointFile file = parsed(test::torchZip(p::finished(root), {{"0", counting(1)}}));
    EXPECT_EQ(file.hyperParameters(), R"({"config":{"n_head":12},"list":[1,true],"name":"a\"b"})");
    EXPECT_EQ(file.facts().at("lr"), "0.5");
    EXPECT_EQ(file.topKeys(), (std::vector<std::string>{"state_dict", "lr", "hyper_parameters"}));
}

TEST(CheckpointFile, UnknownTensorTypesAreNotedNotGuessed) {
    const CheckpointFile file =
        parsed(stateFile({{"x", p::tensor(p::storage("FloatStorage", "0", 1), 0, {1}, {1})},
                          {"c", p::tensor(p::storage("ComplexFloatStorage", "1", 1), 0, {1}, {1})}},
                         {{"0", counting(1)}, {"1", counting(2)}}));
    EXPECT_EQ(file.tensors().size(), 1u);
    ASSERT_EQ(file.notes().size(), 1u);
    EXPECT_NE(file.notes()[0].find("ComplexFloatStorage"), std::string::npos);
}

TEST(CheckpointFile, TheOlderStreamWithViewsAndSeveralStorages) {
    const std::string view =
        p::tuple({p::text("storage"), p::global("torch", "FloatStorage"), p::text("940"), p::text("cuda:0"),
                  p::whole(6), p::tuple({p::text("941"), p::whole(2), p::whole(3)})}) +
        "Q";
    const std::string root = p::dict(
        {{"a", p::tensor(view, 1, {2}, {1})}, {"b", p::tensor(p::storage("LongStorage", "12", 2), 0, {2}, {1})}});
    const std::string bytes =
        test::torchStream(root, {{"12", 8, test::rawAll<std::int64_t>({5, 6})}, {"940", 4, counting(6)}});
    const CheckpointFile file = parsed(bytes);
    EXPECT_EQ(values(file, "a"), (std::vector<float>{3, 4}));
    EXPECT_EQ(values(file, "b"), (std::vector<float>{5, 6}));
    EXPECT_EQ(file.find("a")->device, "cuda:0");
}

TEST(CheckpointFile, Zip64AndItsFields) {
    const std::string pickleBytes =
        p::finished(p::dict({{"x", p::tensor(p::storage("FloatStorage", "0", 3), 0, {3}, {1})}}));
    EXPECT_EQ(values(parsed(test::torchZip(pickleBytes, {{"0", counting(3)}}, true)), "x"),
              (std::vector<float>{0, 1, 2}));
}

TEST(CheckpointFile, ContainersThatAreNotReadSayWhy) {
    EXPECT_NE(problemOf("hello, this is text").find("known format"), std::string::npos);
    EXPECT_NE(problemOf(test::zip({{"a.txt", "x"}})).find("no data.pkl"), std::string::npos);
    EXPECT_NE(problemOf(test::zip({{"a/data.pkl", "x"}}, false, 8)).find("compressed"), std::string::npos);
    EXPECT_NE(problemOf(test::zip({{"a/data.pkl", "x"}}, false, 0, 1)).find("encrypted"), std::string::npos);
    EXPECT_NE(problemOf(test::zip({{"a/data.pkl", "x"}, {"a/data.pkl", "y"}})).find("two entries"), std::string::npos);
    EXPECT_NE(problemOf(test::zip({{"a/data.pkl", "N."}, {"a/byteorder", "big"}})).find("big-endian"),
              std::string::npos);
    EXPECT_NE(problemOf(test::zip({{"a/data.pkl", "N."}, {"a/constants.pkl", "N."}})).find("TorchScript"),
              std::string::npos);
    EXPECT_NE(problemOf(std::string(257, '\0') + "ustar" + std::string(600, '\0')).find("tar"), std::string::npos);
}

TEST(CheckpointFile, CirclesAndDepthEnd) {
    // a dict that holds itself
    EXPECT_NE(problemOf(test::torchZip("\x80\x02}q\x00(X\x01\x00\x00\x00"
                                       "ah\x00u."s,
                                       {}))
                  .find("nested"),
              std::string::npos);
    std::string deep = "N";
    for (int i = 0; i < 5000; ++i) deep = "}(" + p::text("a") + deep + "u";
    EXPECT_NE(problemOf(test::torchZip(p::finished(deep), {})), "");
    // each level holds the one below twice: 2^40 ways down
    std::string doubling = "}q\x00"s;
    for (char i = 0; i < 40; ++i)
        doubling += "}(" + p::text("a") + "h"s + i + p::text("b") + "h"s + i + "uq"s + static_cast<char>(i + 1);
    EXPECT_NE(problemOf(test::torchZip(p::finished(doubling), {})).find("two million"), std::string::npos);
}

// Cut after every byte, and every byte spoiled: a clear refusal or values, never anything else.
TEST(CheckpointFile, EveryTruncationAndEverySpoiledByteIsSurvived) {
    const std::string storage = p::storage("FloatStorage", "0", 12);
    const p::Pairs tensors = {{"layer.weight", p::parameter(p::tensor(storage, 0, {4, 3}, {1, 4}))},
                              {"n", p::tensor(storage, 3, {2}, {1})}};
    const std::string root = p::dict({{"epoch", p::whole(3)}, {"state_dict", p::ordered(tensors)}});
    int refused = 0, read = 0;
    const auto attempt = [&](const std::string& bytes) {
        try {
            const CheckpointFile file = parsed(bytes);
            for (const CheckpointTensor& tensor : file.tensors())
                EXPECT_EQ(file.readF32(tensor).size(), static_cast<std::size_t>(tensor.elements()));
            ++read;
        } catch (const Error& error) {
            EXPECT_NE(error.kind(), ErrorKind::Internal) << error.what();
            ++refused;
        }
    };
    for (const std::string& whole : {test::torchZip(p::finished(root), {{"0", counting(12)}}),
                                     test::torchZip(p::finished(root), {{"0", counting(12)}}, true),
                                     test::torchStream(root, {{"0", 4, counting(12)}})}) {
        for (std::size_t length = 0; length < whole.size(); ++length) attempt(whole.substr(0, length));
        EXPECT_EQ(read, 0);
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (const char flip : {'\x01', '\x80', '\xff'}) {
                std::string spoiled = whole;
                spoiled[at] = static_cast<char>(spoiled[at] ^ flip);
                attempt(spoiled);
            }
        }
        attempt(whole);
        EXPECT_GT(read, 0);
        EXPECT_GT(refused, 0);
        read = refused = 0;
    }
}

TEST(CheckpointFile, SafetensorsAreReadTheSameWay) {
    const test::TempDir folder;
    SafetensorsWriter writer;
    writer.addF32("a", {2, 2}, std::vector<float>{1, 2, 3, 4});
    writer.addI64("b", {1}, std::vector<std::int64_t>{7});
    writer.meta("model", "some");
    writer.write(folder / "x.bin");
    const CheckpointFile file = CheckpointFile::open(folder / "x.bin");
    EXPECT_EQ(file.format(), "safetensors");
    EXPECT_EQ(file.facts().at("model"), "some");
    EXPECT_EQ(values(file, "a"), (std::vector<float>{1, 2, 3, 4}));
    EXPECT_EQ(values(file, "b"), std::vector<float>{7});
    // damage is told by the reader of that format
    std::filesystem::resize_file(folder / "x.bin", std::filesystem::file_size(folder / "x.bin") - 3);
    try {
        CheckpointFile::open(folder / "x.bin");
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("truncated"), std::string::npos) << error.what();
    }
}

TEST(CheckpointFile, FilesThatAreNotThereOrEmpty) {
    const test::TempDir folder;
    EXPECT_THROW(CheckpointFile::open(folder / "absent.pth"), Error);
    EXPECT_THROW(CheckpointFile::open(folder.path()), Error);
    std::ofstream(folder / "empty.pth");
    EXPECT_THROW(CheckpointFile::open(folder / "empty.pth"), Error);
}

TEST(CheckpointFile, AFileThatShrinksMeanwhileIsNoticed) {
    const test::TempDir folder;
    const std::string bytes =
        stateFile({{"x", p::tensor(p::storage("FloatStorage", "0", 3000), 0, {3000}, {1})}}, {{"0", counting(3000)}});
    std::ofstream(folder / "x.pth", std::ios::binary) << bytes;
    const CheckpointFile file = CheckpointFile::open(folder / "x.pth");
    EXPECT_EQ(values(file, "x").size(), 3000u);
    std::filesystem::resize_file(folder / "x.pth", 100);
    EXPECT_THROW(values(file, "x"), Error);
}

TEST(CheckpointFile, ArraysOfNumpyAreReadWhereThereIsNoTensor) {
    const auto file = [](const std::string& value) {
        return test::torchZip(p::finished(p::dict({{"means", value}, {"note", p::text("x")}})), {});
    };
    const std::string six = test::rawAll<float>({0, -1.5f, 2, 3, 4e9f, 5});
    EXPECT_EQ(values(parsed(file(p::array("f4", "<", {2, 3}, false, six))), "means"),
              (std::vector<float>{0, -1.5f, 2, 3, 4e9f, 5}));
    const CheckpointFile turned = parsed(file(p::array("f4", "<", {2, 3}, true, six)));
    EXPECT_EQ(values(turned, "means"), (std::vector<float>{0, 2, 4e9f, -1.5f, 3, 5}));
    EXPECT_EQ(turned.find("means")->shape, (std::vector<std::int64_t>{2, 3}));
    const CheckpointFile moved = turned; // the decoded bytes go with the tensor
    EXPECT_EQ(values(moved, "means").size(), 6u);
    EXPECT_EQ(values(parsed(file(p::array("i2", "|", {3}, false, test::rawAll<std::int16_t>({-7, 0, 300})))), "means"),
              (std::vector<float>{-7, 0, 300}));
    EXPECT_EQ(values(parsed(file(p::array("f8", "<", {}, false, test::rawAll<double>({.25})))), "means"),
              std::vector<float>{.25f});
    // What does not fit is said.
    EXPECT_NE(problemOf(file(p::array("f4", "<", {2, 4}, false, six))).find("more or fewer values"), std::string::npos);
    EXPECT_NE(problemOf(file(p::array("f4", "<", {2147483647, 2147483647, 2147483647}, false, six))).find("beyond"),
              std::string::npos);
    EXPECT_NE(problemOf(file(p::array("f4", "<", {-2, -3}, false, six))).find("shape is damaged"), std::string::npos);
    EXPECT_NE(problemOf(file(p::array("f4", ">", {2, 3}, false, six))).find(">f4 are not read"), std::string::npos);
    EXPECT_NE(problemOf(file(p::array("O8", "|", {1}, false, "12345678"))).find("O8 are not read"), std::string::npos);
    EXPECT_NE(problemOf(file(p::array("f4", "<", {2, 3}, false, six, "utf-16"))).find("not stored as such"),
              std::string::npos);
    // Beside tensors they are nobody's weights.
    const std::string both =
        test::torchZip(p::finished(p::dict({{"w", p::tensor(p::storage("FloatStorage", "0", 2), 0, {2}, {1})},
                                            {"means", p::array("f4", "<", {2, 3}, false, six)}})),
                       {{"0", counting(2)}});
    EXPECT_EQ(namesOf(parsed(both)), std::vector<std::string>{"w"});
}

} // namespace
} // namespace emc
