#pragma once
// A study of the made corpus in a folder that is thrown away.
#include <gtest/gtest.h>

#include <string>

#include "core/api/study.h"
#include "tests/core/study/study_corpus.h"
#include "tests/support/shared.h"

namespace emc::test {

class StudyFixture : public testing::Test {
protected:
    StudyFixture() {
        registerStudyModels();
        writeStudyCorpus(m_folder / "corpus");
        m_options.corpus = m_folder / "corpus";
        m_options.folder = m_folder / "study";
        m_options.samples = 3;
        m_options.threads = 1;
        studyReactions() = 0;
    }
    std::filesystem::path run(const std::string& name, const std::string& gain) {
        return writeStudyWeights(m_folder / "runs" / name, gain);
    }

    TempDir m_folder;
    StudyOptions m_options;
    JobContext m_job;
};

} // namespace emc::test
