/* Names in an archive are UTF-8 whatever the locale says: libarchive asks nl_langinfo()
 * for the default charset and for zip's UTF-8 flag, and a static glibc program on a bare
 * host has no UTF-8 locale. Without this it drops the entry, or crashes. */
#undef nl_langinfo
#include <langinfo.h>
char *casepack_nl_langinfo(nl_item i) { return i == CODESET ? (char *)"UTF-8" : nl_langinfo(i); }

#include <errno.h>
#include "archive_platform.h"
#include "archive.h"
#include "archive_entry.h"
#include "archive_write_private.h"
/* Lives in archive_write_set_format.c, which would draw in every other format. */
void __archive_write_entry_filetype_unsupported(struct archive *a, struct archive_entry *e, const char *format) {
  archive_set_error(a, ARCHIVE_ERRNO_FILE_FORMAT, "%s: entry type %o not supported", format,
                    (unsigned)archive_entry_filetype(e));
}
