#pragma once
// Widgets in a row that goes on in the next line when the width is used up, like words of a text.
#include <QLayout>

#include <vector>

namespace emc {

class FlowLayout : public QLayout {
    Q_OBJECT
public:
    // `across` between widgets of a line, `down` between lines.
    FlowLayout(int across, int down, QWidget* parent);
    ~FlowLayout() override;

    void addItem(QLayoutItem* item) override { m_items.push_back(item); }
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange({0, 0, width, 0}, false); }
    void setGeometry(const QRect& rect) override;
    QSize sizeHint() const override; // of one single line
    QSize minimumSize() const override;

private:
    int arrange(const QRect& rect, bool place) const; // returns the height
    std::vector<QLayoutItem*> m_items;
    int m_across, m_down;
};

} // namespace emc
