#pragma once
// The one error type of the core. A message answers: what went wrong, where (file, field, clip), what to do about it.
#include <stdexcept>
#include <string>
#include <utility>

namespace emc {

enum class ErrorKind { Usage, BadInput, NotFound, Io, Unsupported, Internal };

// Stable names: they appear in `--json` failures and are read by scripts.
inline const char* errorKindName(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::Usage: return "usage";
    case ErrorKind::BadInput: return "bad-input";
    case ErrorKind::NotFound: return "not-found";
    case ErrorKind::Io: return "io";
    case ErrorKind::Unsupported: return "unsupported";
    case ErrorKind::Internal: return "internal";
    }
    return "internal";
}

class Error : public std::runtime_error {
public:
    // `problem` is one clear sentence without a full stop; `where` names file, line or field (may be empty); `hint`
    // says what to try (may be empty).
    Error(ErrorKind kind, std::string problem, std::string where = {}, std::string hint = {})
        : std::runtime_error(compose(problem, where, hint)), m_kind(kind), m_problem(std::move(problem)),
          m_where(std::move(where)), m_hint(std::move(hint)) {}

    ErrorKind kind() const { return m_kind; }
    const std::string& problem() const { return m_problem; }
    const std::string& where() const { return m_where; }
    const std::string& hint() const { return m_hint; }

private:
    static std::string compose(const std::string& problem, const std::string& where, const std::string& hint) {
        std::string text = where.empty() ? problem : where + ": " + problem;
        return hint.empty() ? text : text + ". " + hint;
    }

    ErrorKind m_kind;
    std::string m_problem, m_where, m_hint;
};

// Thrown at a progress point after somebody asked to cancel. Not an Error: nothing went wrong.
class Cancelled : public std::exception {
public:
    const char* what() const noexcept override { return "cancelled"; }
};

} // namespace emc
