#pragma once
// A tiny corpus in the REACT layout, with the spellings and oddities of the real one.
#include <string>

#include "core/data/atomic_file.h"
#include "core/data/csv.h"
#include "core/data/npy.h"
#include "core/data/react_corpus.h"
#include "core/data/wav.h"
#include "tests/core/data/sample_clips.h"

namespace emc::test {

struct ReactTree {
    std::filesystem::path root;
    int frames = 8;

    // `coeffRows`: rows of the npy; `shape3`: (T,1,58) as in the real files.
    void clip(const std::string& item, double seed, const std::string& pictures = ".png", bool emotionByPerson = true,
              int coeffRows = 0, bool shape3 = true) const {
        const std::filesystem::path tree = root / "val";
        const std::string emotion = emotionByPerson ? emotionTreeSpelling(item) : item;
        const auto rows = static_cast<std::size_t>(frames);
        std::vector<std::string> header;
        for (auto name : kEmotionNames) header.emplace_back(name);
        writeNumberCsv(tree / "Emotion" / (emotion + ".csv"), header, wave(rows * 25, seed));
        const std::int64_t n = coeffRows ? coeffRows : frames;
        writeNpy(tree / "3D_FV_files" / (item + ".npy"),
                 shape3 ? std::vector<std::int64_t>{n, 1, 58} : std::vector<std::int64_t>{n, 58},
                 wave(static_cast<std::size_t>(n) * 58, seed + 1));
        writeWav16(tree / "Audio_files" / (item + ".wav"), wave(rows * 1764 * 2, seed, 0.4), 44100, 2);
        if (pictures == ".mp4") writeFileAtomically(tree / "Video_files" / (item + ".mp4"), "video");
        else
            for (int t = 1; t <= frames; ++t)
                writeFileAtomically(tree / "Video_files" / item / (std::to_string(t) + pictures), "picture");
    }

    static std::string expert(int chat) { return "NoXI/0" + std::to_string(chat) + "_2016-03-25_Paris/Expert_video/1"; }
    static std::string novice(int chat) { return "NoXI/0" + std::to_string(chat) + "_2016-03-25_Paris/Novice_video/1"; }

    // Three rows: NoXI, RECOLA, UDIVA (five parts).
    std::vector<std::pair<std::string, std::string>> rows() const {
        return {{expert(10), novice(10)},
                {"RECOLA/group-1/P25/2", "RECOLA/group-1/P26/2"},
                {"UDIVA/talk/s7/FC1/3", "UDIVA/talk/s7/FC2/3"}};
    }
    void index(const std::string& name, const std::vector<std::pair<std::string, std::string>>& rows) const {
        std::string text = ",speaker_path,listener_path\n";
        for (std::size_t i = 0; i < rows.size(); ++i)
            text += std::to_string(1000 + i) + "," + rows[i].first + "," + rows[i].second + "\n";
        writeFileAtomically(root / name, text);
    }
    void make() const {
        const auto all = rows();
        clip(all[0].first, 1), clip(all[0].second, 2, ".jpg", false);
        clip(all[1].first, 3, ".mp4"), clip(all[1].second, 4, ".mp4", true, frames + 1);
        clip(all[2].first, 5, ".png", false, 0, false), clip(all[2].second, 6);
        index("val.csv", all);
    }
};

} // namespace emc::test
