#include "app/session/session_state.h"

namespace emc {

const ClipConditions& SessionState::here() const {
    static const ClipConditions none;
    const auto it = conditions.constFind(clip);
    return it == conditions.constEnd() ? none : *it;
}

Availability SessionState::availability() const {
    Availability result;
    if (face) result.faceMissing = here().faceMissing;
    else result.faceMissing = {Availability::whole()};
    if (speech) result.speechMissing = here().speechMissing;
    else result.speechMissing = {Availability::whole()};
    return result;
}

} // namespace emc
