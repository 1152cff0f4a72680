#include "widgets/common/flow_layout.h"

#include <algorithm>

namespace emc {

FlowLayout::FlowLayout(int across, int down, QWidget* parent) : QLayout(parent), m_across(across), m_down(down) {}

FlowLayout::~FlowLayout() {
    for (QLayoutItem* item : m_items) delete item;
}

QLayoutItem* FlowLayout::itemAt(int index) const {
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
    QLayoutItem* item = itemAt(index);
    if (item) m_items.erase(m_items.begin() + index);
    return item;
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

QSize FlowLayout::sizeHint() const {
    const QMargins margins = contentsMargins();
    int width = 0, height = 0;
    for (const QLayoutItem* item : m_items) {
        if (item->isEmpty()) continue;
        width += item->sizeHint().width() + (width ? m_across : 0);
        height = std::max(height, item->sizeHint().height());
    }
    return {width + margins.left() + margins.right(), height + margins.top() + margins.bottom()};
}

QSize FlowLayout::minimumSize() const {
    const QMargins margins = contentsMargins();
    QSize size;
    for (const QLayoutItem* item : m_items)
        if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

int FlowLayout::arrange(const QRect& rect, bool place) const {
    const QRect inside = rect.marginsRemoved(contentsMargins());
    int y = inside.top();
    for (std::size_t first = 0; first < m_items.size();) {
        // As many as fit stand in one line, centred on its height; one that is too wide has a line of its own.
        std::size_t end = first;
        int width = 0, height = 0;
        for (; end < m_items.size(); ++end) {
            const QLayoutItem* item = m_items[end];
            if (item->isEmpty()) continue;
            const QSize size = item->sizeHint();
            if (width && width + m_across + size.width() > inside.width()) break;
            width += size.width() + (width ? m_across : 0);
            height = std::max(height, size.height());
        }
        int x = inside.left();
        for (std::size_t i = first; place && i < end; ++i) {
            QLayoutItem* item = m_items[i];
            if (item->isEmpty()) continue;
            const QSize size = item->sizeHint();
            item->setGeometry(
                {x, y + (height - size.height()) / 2, std::min(size.width(), inside.width()), size.height()});
            x += size.width() + m_across;
        }
        y += height + (end < m_items.size() && height ? m_down : 0);
        first = end;
    }
    return y - rect.top() + contentsMargins().bottom();
}

} // namespace emc
