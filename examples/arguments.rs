//! The arguments of all examples.

use kubist::{Error, Result};

/// What the arguments ask for.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    pub(crate) cluster: Where,
    pub(crate) namespace: Option<String>,
}

/// Which cluster.
#[derive(Debug, Default, PartialEq)]
pub(crate) enum Where {
    #[default]
    Embedded,
    Real,
    Kubeconfig {
        file: String,
        context: Option<String>,
    },
}

impl Arguments {
    pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let (mut real, mut file, mut context, mut namespace) = (false, None, None, None);
        while let Some(word) = words.next() {
            let value = match word.as_str() {
                "--real" => {
                    real = true;
                    continue;
                }
                "--kubeconfig" => &mut file,
                "--context" => &mut context,
                "--namespace" => &mut namespace,
                _ => return Err(not_understood(&format!("{word:?} is not understood"))),
            };
            *value = Some(words.next().ok_or_else(|| not_understood(&format!("{word} needs a value")))?);
        }
        let cluster = match (real, file, context) {
            (false, None, None) => Where::Embedded,
            (true, None, None) => Where::Real,
            (false, Some(file), context) => Where::Kubeconfig { file, context },
            (true, Some(_), _) => return Err(not_understood("one cluster is enough")),
            (_, None, Some(_)) => return Err(not_understood("a context is one of a kubeconfig")),
        };
        Ok(Self { cluster, namespace })
    }
}

fn not_understood(problem: &str) -> Error {
    Error::invalid(format!(
        "{problem}; give nothing, `--real` or `--kubeconfig FILE [--context NAME]`, and `--namespace NAME`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_cluster_is_embedded_real_or_elsewhere() {
        assert_eq!(parse("").unwrap(), Arguments::default());
        assert_eq!(parse("--real").unwrap().cluster, Where::Real);
        let elsewhere = parse("--namespace shop --kubeconfig f --context c").unwrap();
        let cluster = Where::Kubeconfig { file: "f".to_owned(), context: Some("c".to_owned()) };
        assert_eq!(elsewhere, Arguments { cluster, namespace: Some("shop".to_owned()) });
        for line in ["--reel", "--kubeconfig", "--context c", "--real --kubeconfig f"] {
            assert!(parse(line).unwrap_err().is_invalid(), "{line}");
        }
    }
}
