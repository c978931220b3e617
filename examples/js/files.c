/* files.c -- counts the words of the files in texts/, and writes the sums into report/words.txt. It is plain C.
 *
 *     npx bide build examples/js/files.c --files examples/js/texts --target js -o build/files
 *     node examples/js/files.mjs build/files */
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

static int count_words(FILE *text) {
    char word[64];
    int n = 0;
    while (fscanf(text, "%63s", word) == 1) n++;
    return n;
}

static int report(DIR *texts, FILE *out) {
    for (struct dirent *entry; (entry = readdir(texts));) {
        FILE *text;
        char path[512];
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "texts/%s", entry->d_name);
        if (!(text = fopen(path, "r"))) return perror(path), 1;
        fprintf(out, "%s %d\n", entry->d_name, count_words(text));
        fclose(text);
    }
    return 0;
}

static int report_into(const char *path, DIR *texts) {
    FILE *out = fopen(path, "w");
    int rc;
    if (!out) return perror(path), 1;
    rc = report(texts, out);
    return fclose(out) == 0 ? rc : 1;
}

int main(void) {
    DIR *texts = opendir("texts");
    int rc;
    if (!texts) return perror("texts"), 1;
    mkdir("report", 0777);
    rc = report_into("report/words.txt", texts);
    closedir(texts);
    return rc;
}
