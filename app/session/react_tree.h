#pragma once
// Trees in the layout of REACT 2023/24 as lists of clips: ROOT/{train,val,test}.csv name pairs of speaker and listener,
// ROOT/PARTITION/MODALITY/ITEM.EXT are their files. Only tables and names are looked at.
#include <QString>

#include <vector>

namespace emc {

struct ReactTreePair {
    QString partition;         // "train", "val", "test"
    QString speaker, listener; // paths of one file of each, as Backend::openClip() takes them
    QString name;              // "script0007/1"
};

bool isReactTree(const QString& folder);
// In the order of the tables; rows without files are passed over. At most `most` pairs of every partition.
std::vector<ReactTreePair> reactPairs(const QString& root, int most = 2000);
// The listener of a speaker's path, or the speaker of a listener's; empty when the path is no item of such a tree.
QString reactPartner(const QString& path);

} // namespace emc
