#pragma once
// Dock "Attention": which frames a model looked at. Heat map, query row at the playhead, strongest keys; linked both
// ways to the playhead.
#include <QStringList>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

#include "core/api/reactions.h"

namespace emc {

// The attention of one model as the panel shows it. Maps may come later than the list of sites (they are large and
// asked for one by one).
struct AttentionSource {
    int slot = 1;                   // 1..6
    QString label;                  // "Trans-VAE + EMC"
    QStringList sites;              // what the model can give: "u_ea_s/cross", ...; empty = the sites of `maps`
    std::vector<AttentionMap> maps; // what is there now
    std::vector<AttentionMap>
        before; // the same sites before the last change of a switch (for the difference); may be empty
};

class AttentionPanel : public QWidget {
    Q_OBJECT
public:
    enum class Show { Map, ModelDifference, SwitchDifference };

    explicit AttentionPanel(QWidget* parent = nullptr);
    ~AttentionPanel() override;

    void setSources(std::vector<AttentionSource> sources); // keeps the choice where it still exists
    void setTime(int frames, double rateHz); // frames of the clip; queries and keys are spread evenly over it
    void setAvailability(const Availability& availability);
    // Text of the speaker at a frame for the table of keys: "valence 0.57 · happy 0.67".
    void setSpeakerText(std::function<QString(int frame)> text);
    void setCompact(bool compact);
    void setEmptyText(const QString& sentence);

    int playhead() const;
    bool followsPlayhead() const;
    QString currentSite() const; // "u_ea_s/cross"; empty when nothing is there
    int currentSource() const;   // index into the sources
    int currentHead() const;     // -1 = mean
    int currentLayer() const;
    void chooseSite(const QString& site);
    void chooseHead(int head); // -1 = mean
    void chooseShow(Show show);
    // Normalised entropy (0..1) of the rows of the shown map spread over the clip's frames; for the strip of the
    // timeline.
    std::vector<float> entropyPerFrame() const;
    // Strongest keys of the query at the playhead: frame and weight, falling weight; at least `apart` keys from each
    // other.
    struct Key {
        int frame = 0;
        float weight = 0;
    };
    std::vector<Key> strongestKeys(int count, int apart = 12) const;

    // PNG, SVG or PDF by suffix with title, scale and caption; csv writes the shown matrix. Throws emc::Error.
    void exportTo(const QString& path, const QString& session = {}) const;

public slots:
    void setPlayhead(int frame);
    void setFollowPlayhead(bool follow);

signals:
    void seekRequested(int frame);                       // a cell, a key of the row or a line of the table was chosen
    void siteRequested(int source, const QString& site); // this map is wanted and not there yet
    void shownChanged();                                 // another map is shown: the entropy strip should be renewed
    void exportRequested(); // the user pressed "Export figure"; the page asks for a file and calls exportTo()
    void followPlayheadChanged(bool follow);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace emc
