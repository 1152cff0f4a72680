#pragma once
// The one source of the program's colours, as 0xRRGGBB: window, 3D and figures all take theirs from here. Plain
// constants, so that no part needs another one's library. Values and their contrasts: theme page of the design.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace emc {

using PaletteColour = std::uint32_t; // 0xRRGGBB

struct Palette {
    // chrome
    PaletteColour window, base, raised, hover, pressed, border, controlBorder;
    PaletteColour text, muted, disabled;
    PaletteColour accent, primaryFill, accentText, selection;
    PaletteColour danger, warning, ok;
    PaletteColour dangerFill, warningFill, okFill, infoFill; // of message bars
    PaletteColour scene, gridLine;                           // 3D background; line of a plot's grid
    // meanings
    PaletteColour face, speech, emotion, imagined;
    std::array<PaletteColour, 6> series;    // slot 1 is series[0]; always shown with its number
    std::array<PaletteColour, 9> diverging; // signed values, the middle is zero
};

inline constexpr Palette kDarkPalette = {
    .window = 0x1B1D21,
    .base = 0x15171A,
    .raised = 0x24272C,
    .hover = 0x2D3137,
    .pressed = 0x383D45,
    .border = 0x30343B,
    .controlBorder = 0x666E79,
    .text = 0xE3E6EA,
    .muted = 0x9DA5AF,
    .disabled = 0x656D77,
    .accent = 0x4C8DFF,
    .primaryFill = 0x2F6AD9,
    .accentText = 0x82B1FF,
    .selection = 0x22385C,
    .danger = 0xF2706B,
    .warning = 0xE8B33F,
    .ok = 0x5BBF7B,
    .dangerFill = 0x3A2224,
    .warningFill = 0x352C1B,
    .okFill = 0x1D3125,
    .infoFill = 0x1D2B44,
    .scene = 0x202328,
    .gridLine = 0x262A30,
    .face = 0x3EC6F0,
    .speech = 0xF7B77E,
    .emotion = 0x86B02E,
    .imagined = 0xD67AAE,
    .series = {0xB4B8F5, 0xEC5B45, 0xF0B62B, 0x5FE3B3, 0xA06CEB, 0x3F9CA6},
    .diverging = {0x62CEF0, 0x3BA5D1, 0x2A76A2, 0x2A4B66, 0x252729, 0x613F27, 0x9F5B27, 0xD6812E, 0xEDB161}};

inline constexpr Palette kLightPalette = {
    .window = 0xF3F4F6,
    .base = 0xFFFFFF,
    .raised = 0xE8EAEE,
    .hover = 0xDDE1E7,
    .pressed = 0xCFD4DC,
    .border = 0xD5D9E0,
    .controlBorder = 0x838B97,
    .text = 0x1C2026,
    .muted = 0x59626E,
    .disabled = 0x969DA8,
    .accent = 0x1F5FD0,
    .primaryFill = 0x1F5FD0,
    .accentText = 0x1F5FD0,
    .selection = 0xD5E3FB,
    .danger = 0xB3261E,
    .warning = 0x8A5A00,
    .ok = 0x1E7A3E,
    .dangerFill = 0xFBE7E5,
    .warningFill = 0xFBF0D9,
    .okFill = 0xE2F3E7,
    .infoFill = 0xE4EDFC,
    .scene = 0xD9DDE3,
    .gridLine = 0xE9ECF0,
    .face = 0x0B5A78,
    .speech = 0x8C3503,
    .emotion = 0x5A7009,
    .imagined = 0xB23E96,
    .series = {0x3A36A8, 0xC23A22, 0xA87400, 0x1F7A55, 0x9440C4, 0x0F86A8},
    .diverging = {0x09466F, 0x036B9A, 0x3D9BC3, 0x9ECCDF, 0xF2F3F5, 0xE0BD97, 0xC57C33, 0x984B16, 0x6B2D16}};

// Both themes. Even stops; lightness rises evenly.
inline constexpr std::array<PaletteColour, 9> kSequentialStops = {0x0C0B1A, 0x1C1C4B, 0x1C3973, 0x015D8B, 0x098193,
                                                                  0x16A793, 0x6DC682, 0xBEDD66, 0xF7F58A};
// Distance of two meshes, 0 to 8 mm: darker is farther.
inline constexpr std::array<PaletteColour, 7> kMeshDistanceStops = {0xC7CBD0, 0xDFD19D, 0xE7B551, 0xE48225,
                                                                    0xCB4832, 0x9B204C, 0x551652};
inline constexpr double kAttentionExponent = 0.62; // attention is drawn as weight to this power

using PaletteRgb = std::array<std::uint8_t, 3>;

constexpr PaletteRgb paletteRgb(PaletteColour colour) {
    return {static_cast<std::uint8_t>(colour >> 16), static_cast<std::uint8_t>(colour >> 8),
            static_cast<std::uint8_t>(colour)};
}

// The colour at `share` (0..1) of a map, linear in sRGB between the stops. Values outside are clamped, not-a-number is
// the beginning.
template <std::size_t N>
PaletteRgb paletteAt(const std::array<PaletteColour, N>& stops, double share) {
    static_assert(N >= 2);
    const double place = std::clamp(std::isfinite(share) ? share : share > 0 ? 1.0 : 0.0, 0.0, 1.0) * (N - 1);
    const auto below = std::min(static_cast<std::size_t>(place), N - 2);
    const PaletteRgb low = paletteRgb(stops[below]), high = paletteRgb(stops[below + 1]);
    PaletteRgb mixed{};
    for (std::size_t c = 0; c < 3; ++c)
        mixed[c] = static_cast<std::uint8_t>(
            std::lround(low[c] + (place - static_cast<double>(below)) * (static_cast<double>(high[c]) - low[c])));
    return mixed;
}

} // namespace emc
