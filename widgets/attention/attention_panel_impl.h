#pragma once
// State of the attention panel shared by its source files. Internal to this folder.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include "widgets/attention/attention_panel.h"
#include "widgets/attention/heat_map_view.h"
#include "widgets/attention/segment_bar.h"
#include "widgets/attention/site_words.h"
#include "widgets/plots/curve_plot.h"

class QVBoxLayout;

namespace emc {

struct AttentionPanel::Impl {
    AttentionPanel* panel = nullptr;
    std::vector<AttentionSource> sources;
    Availability availability;
    std::function<QString(int)> speakerText;
    QString emptyText;
    int frames = 0, playhead = 0, source = 0, head = -1, layer = 0;
    double rateHz = 25;
    QString site, part;
    Show show = Show::Map;
    bool filling = false, compact = false;

    QComboBox *modelBox = nullptr, *siteBox = nullptr, *layerBox = nullptr;
    SegmentBar *partBar = nullptr, *headBar = nullptr, *showBar = nullptr;
    QLabel *modelLabel = nullptr, *siteLabel = nullptr, *headLabel = nullptr, *layerLabel = nullptr,
           *showLabel = nullptr;
    HeatMapView* map = nullptr;
    CurvePlot* row = nullptr;
    int rowCurve = -1;
    QTableWidget* table = nullptr;
    QCheckBox* follow = nullptr;
    QPushButton* exportButton = nullptr;

    const AttentionSource* current() const {
        return source >= 0 && source < static_cast<int>(sources.size()) ? &sources[static_cast<std::size_t>(source)]
                                                                        : nullptr;
    }
    static QStringList sitesOf(const AttentionSource& s) {
        QStringList all = s.sites;
        for (const AttentionMap& map : s.maps) {
            const QString name = QString::fromStdString(map.site + "/" + map.part);
            if (!all.contains(name)) all.append(name);
        }
        return all;
    }
    const AttentionMap* find(const std::vector<AttentionMap>& maps) const {
        for (const AttentionMap& m : maps)
            if (QString::fromStdString(m.site) == site && QString::fromStdString(m.part) == part && m.layer == layer)
                return &m;
        return nullptr;
    }
    // What the differences compare with: the next model that has the same map; the map before the last switch.
    const AttentionMap* partner() const {
        if (show == Show::SwitchDifference) return current() ? find(current()->before) : nullptr;
        for (std::size_t i = 0; i < sources.size(); ++i)
            if (static_cast<int>(i) != source)
                if (const AttentionMap* other = find(sources[i].maps)) return other;
        return nullptr;
    }

    void fillChoices();
    void refresh();
    void refreshRow();
    void fillTable();
    std::vector<std::pair<FrameSpan, Meaning>> missing(SideMeaning side) const;
    void applyTheme();
    void build();
    void makeControls(QVBoxLayout* layout);
    void wire();
};

} // namespace emc
