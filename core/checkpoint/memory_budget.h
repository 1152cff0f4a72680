#pragma once
// What a file may make us allocate. A pickle of one-byte opcodes can describe forty times its size in objects, so every
// object is charged before it is made.
#include <cstdint>
#include <string>

#include "core/api/error.h"

namespace emc {

class MemoryBudget {
public:
    // Together with the mapped file this stays below twice the file plus 64 MiB.
    static std::uint64_t forFile(std::uint64_t fileBytes) { return fileBytes / 2 + (40ull << 20); }

    MemoryBudget(std::uint64_t limit, std::string where) : m_left(limit), m_where(std::move(where)) {}
    void charge(std::uint64_t bytes) {
        if (bytes > m_left)
            throw Error(ErrorKind::BadInput, "the file describes far more objects than a checkpoint of its size needs",
                        m_where, "It is damaged or was made to exhaust memory");
        m_left -= bytes;
    }

private:
    std::uint64_t m_left;
    std::string m_where;
};

} // namespace emc
