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
        char path[512];
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "texts/%s", entry->d_name);
        FILE *text = fopen(path, "r");
        if (!text) return perror(path), 1;
        fprintf(out, "%s %d\n", entry->d_name, count_words(text));
        fclose(text);
    }
    return 0;
}

int main(void) {
    DIR *texts = opendir("texts");
    if (!texts) return perror("texts"), 1;
    mkdir("report", 0777);
    FILE *out = fopen("report/words.txt", "w");
    if (!out) return perror("report/words.txt"), closedir(texts), 1;
    const int rc = report(texts, out);
    closedir(texts);
    return fclose(out) == 0 ? rc : 1;
}
