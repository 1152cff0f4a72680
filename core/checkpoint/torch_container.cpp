#include "core/checkpoint/torch_container.h"

#include <algorithm>
#include <map>

#include "core/checkpoint/checkpoint_builder.h"
#include "core/checkpoint/zip_archive.h"
#include "core/data/safetensors.h"

namespace emc {

namespace {
// PROTO 2, LONG1 of ten bytes: 0x1950a86a20f9469cfc6c, which torch.save of that age begins with.
constexpr std::string_view kStreamMagic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);

// Size of an element also for types that are not read: the stream can only be walked with it. 0 = unknown.
int storageElementSize(const StorageId& storage) {
    if (!storage.dtype.empty()) return dtypeSize(storage.dtype);
    for (const auto& [name, size] : std::map<std::string, int>{{"torch.ComplexFloatStorage", 8},
                                                               {"torch.ComplexDoubleStorage", 16},
                                                               {"torch.QInt8Storage", 1},
                                                               {"torch.QUInt8Storage", 1},
                                                               {"torch.QInt32Storage", 4},
                                                               {"torch.storage.UntypedStorage", 1}})
        if (storage.typeName == name) return size;
    return 0;
}
} // namespace

void readTorchZip(CheckpointFile& file, ByteView bytes, const std::string& where) {
    MemoryBudget budget(MemoryBudget::forFile(bytes.size()), where);
    const ZipArchive archive(bytes, where, budget);
    const ZipEntry* pickle = nullptr; // the one nearest to the top
    for (const ZipEntry& entry : archive.entries()) {
        if (entry.name != "data.pkl" && !entry.name.ends_with("/data.pkl")) continue;
        if (!pickle || entry.name.size() < pickle->name.size()) pickle = &entry;
    }
    if (!pickle)
        throw Error(ErrorKind::BadInput, "the archive has no data.pkl", where, "It was not written by torch.save");
    const std::string folder(pickle->name.substr(0, pickle->name.size() - std::string_view("data.pkl").size()));
    if (const ZipEntry* order = archive.find(folder + "byteorder"))
        if (textOf(archive.data(*order)) != "little")
            throw Error(ErrorKind::Unsupported, "the file was written on a big-endian machine", where);
    if (archive.find(folder + "constants.pkl"))
        throw Error(ErrorKind::Unsupported, "this is a TorchScript program, not a checkpoint", where,
                    "Save the state dict of the module instead");
    CheckpointBuilder::setOrigin(file, "torch-zip", where);
    PickleGraph graph(budget);
    ByteReader reader(archive.data(*pickle), where + ", data.pkl");
    const PickleRef root = readPickle(reader, graph);
    const TorchValues values(
        graph,
        [&](std::string_view key) -> std::optional<ByteView> {
            const ZipEntry* entry = archive.find(folder + "data/" + std::string(key));
            if (!entry) return std::nullopt;
            return archive.data(*entry);
        },
        where);
    CheckpointBuilder(file, graph, values, budget, bytes.size()).build(root);
}

bool looksLikeTorchStream(ByteView bytes) {
    return textOf(bytes).starts_with(kStreamMagic);
}

void readTorchStream(CheckpointFile& file, ByteView bytes, const std::string& where) {
    MemoryBudget budget(MemoryBudget::forFile(bytes.size()), where);
    PickleGraph graph(budget);
    ByteReader reader(bytes, where, kStreamMagic.size());
    const PickleRef version = readPickle(reader, graph), system = readPickle(reader, graph);
    if (graph.at(version).kind != PickleKind::Int || graph.at(version).number != 1001)
        reader.fail("this version of the older torch.save stream is not known");
    const PickleRef root = readPickle(reader, graph), keys = readPickle(reader, graph);

    std::map<std::string, ByteView, std::less<>> storages;
    const TorchValues values(
        graph,
        [&](std::string_view key) -> std::optional<ByteView> {
            const auto found = storages.find(key);
            if (found == storages.end()) return std::nullopt;
            return found->second;
        },
        where);
    const PickleRef little = values.lookup(system, "little_endian");
    if (little != kNoPickle && graph.at(little).number == 0)
        throw Error(ErrorKind::Unsupported, "the file was written on a big-endian machine", where);
    // The storages have no types of their own: the pointers to them know.
    std::map<std::string, int, std::less<>> sizes;
    for (PickleRef i = 0; i < graph.size(); ++i) {
        if (graph.at(i).kind != PickleKind::Persistent) continue;
        const PickleRef id = graph.at(i).first;
        if (graph.at(id).kind != PickleKind::Tuple || graph.items(id).empty() ||
            values.text(graph.items(id)[0]) != "storage")
            continue; // ('module', class, source file, source) of whole modules
        const StorageId storage = storageId(graph, i, where);
        budget.charge(128 + storage.key.size());
        sizes[storage.key] = storageElementSize(storage);
    }
    for (PickleRef item : values.elements(keys)) {
        const auto key = values.text(item);
        const auto size = key ? sizes.find(*key) : sizes.end();
        if (size == sizes.end()) reader.fail("a storage belongs to no tensor");
        if (size->second == 0)
            reader.fail("the storage " + size->first.substr(0, 100) + " has a type that is not known");
        const auto elements = reader.number<std::int64_t>();
        if (elements < 0 ||
            static_cast<std::uint64_t>(elements) > reader.left() / static_cast<std::uint64_t>(size->second))
            reader.fail("a storage of " + std::to_string(elements) + " elements is longer than the rest of the file",
                        "The file is truncated: copy or download it again");
        budget.charge(128 + size->first.size());
        storages[size->first] =
            reader.take(static_cast<std::uint64_t>(elements) * static_cast<std::uint64_t>(size->second));
    }
    CheckpointBuilder::setOrigin(file, "torch-stream", where);
    CheckpointBuilder(file, graph, values, budget, bytes.size()).build(root);
}

} // namespace emc
