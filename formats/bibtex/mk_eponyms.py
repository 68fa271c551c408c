#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes eponyms.inc, sorted: words that keep their capital wherever they stand.

People, places, languages and peoples that titles name; none whose plain sense is
common in titles, such as Price, Young, Bell or Go.  Usage: mk_eponyms.py >eponyms.inc
"""
WORDS = """
Abel Abelian Ackermann Africa African Afrikaans Alexander Algerian Alzheimer
Amari America American Americans Amsterdam Antarctic Antarctica Arabic Archimedes Arctic
Argentina Argentine Aristotle Armenian Arnoldi Arrhenius Asia Asian Atari Atlantic
Australia Australian Austria Austrian Babylonian Bahadur Banach Bangla Barcelona Baum
Bayes Bayesian Bayesianism Beijing Belgian Belgium Bellman Beltrami Bengali Benjamini
Berkeley Berlin Bernoulli Bernstein Bessel Bethe Boltzmann Boole Boolean Boston Brazil
Brazilian Bregman Britain British Brownian Bulgarian Burkholder California Cambridge
Canada Canadian Cantonese Caputo Caribbean Cartesian Catalan Cauchy Cayley Cebyshev
Chebyshev Chernoff Chicago Chile China Chinese Chomsky Christoffel Clausius Clifford
Cornish Coulomb Cramer Croatian Czech Danish Dantzig Darwin Darwinian Debye Dempster
Denmark Descartes Dijkstra Dirac Dirichlet Doeblin Doob Doppler Dutch Eckart Edgeworth
Egypt Egyptian Einstein Elo England English Epanechnikov Erdos Erdős Erlang Esperanto
Estonian Ethiopian Euclid Euclidean Euler Eulerian Europe European Europeans Farsi Fejer
Feller Fenchel Fermat Fermi Feynman Fibonacci Finland Finnish Finsler Flemish Florida
Fokker Fourier France Fredholm French Freud Friedman Frobenius Gabor Galerkin Galileo
Galois Galton Gaussian Gaussians Gauss Gegenbauer Georgian German Germanic Germany Gibbs
Gini Ginzburg Girsanov Gödel Goedel Gompertz Granger Grassmann Grassmannian
Greece Greek Gröbner Gujarati Gumbel Haar Hadamard Haitian Hamilton Hamiltonian Hamming
Hamiltonians Hankel Harvard Hausa Hausdorff Hawaiian Hawkes Hebb Hebbian Hebrew
Heisenberg Hellinger Helmholtz Hermite Hermitian Hessian Hessians Higgs Hilbert Hindi
Hodge Hodgkin Hoeffding Hölder Hopf Hopfield Hotelling Householder Huffman Hungarian
Hungary Hutchinson Huygens Iceland Icelandic Igbo India Indian Indonesia Indonesian
Internet Iran Iranian Iraq Ireland Irish Islam Islamic Ising Israel Israeli Italian Italy
Itô Jacobi Jacobian Jacobians Japan Japanese Jeffreys Jensen Jewish Jordan
Kaczmarz Kalman Kannada Kant Kantian Kantorovich Kazakh Kendall Kenya Kepler Khmer
Khinchin Kiefer Kolmogorov Korea Korean Korobov Kramers Krylov Kullback Kurdish
Lagrange Lagrangian Lagrangians Laguerre Lanczos Langevin Laplace Laplacian Laplacians
Latin Latvian Lebesgue Legendre Leibler Leibniz Levenberg Levenshtein Lévy Levy Lindeberg
Linnaean Linux Liouville Lipschitz Lithuanian Lloyd London Lorentz Lorenz Lyapunov
Mahalanobis Malayalam Malay Malliavin Mandarin Mandelbrot Maltese Manhattan Maori Marathi
Marcinkiewicz Markov Markovian Marquardt Maxwell McCulloch Mellin Mendel Mendelian Mercer
Metropolis Mexican Mexico Michigan Minkowski Mongolian Monge Monte Carlo Moreau Morocco
Moscow Moore Munich Muslim Nash Navajo Navier Nepali Neumann Nesterov Newton Newtonian
Neyman Nigeria Nigerian Nordic Norway Norwegian Nyquist Nyström Occam Ockham Ornstein
Ottoman Oxford Pacific Padé Pakistan Pareto Paris Parisi Parkinson Parseval Parzen Pascal
Pashto Pavlov Pavlovian Pearson Perron Persian Petri Picard Piaget Pinsker Planck Plato
Platonic Poincaré Poisson Poland Polish Pólya Polynesian Pontryagin Portugal Portuguese
Potts Prolog Punjabi Pythagoras Pythagorean Python Quechua Rademacher Radon Ramsey Rao
Rasch Rayleigh Riemann Riemannian Riesz Robbins Roman Romania Romanian Rome
Rorschach Runge Russia Russian Rutherford Sanskrit Schmidt Schrödinger Schur
Schwarz Scotland Scottish Seoul Serbian Shafer Shannon Shapley Shor Siamese Sinhala
Sinkhorn Skorokhod Slavic Slovak Slovenian Sobolev Sobol Socratic Somali Spain Spanish
Spearman Stackelberg Stanford Stiefel Stieltjes Stirling Stokes Swahili Sweden
Swedish Swiss Switzerland Sylvester Taiwan Taiwanese Tamil Taylor Tchebycheff
Telugu Texas Thai Thailand Thompson Tibetan Tikhonov Toeplitz Tokyo Toronto Tsallis Tukey
Tunisian Turing Turkish Twitter Uhlenbeck Ukraine Ukrainian Unix Urdu Uzbek
Vandermonde Vapnik Vickrey Viennese Vienna Vietnam Vietnamese Viterbi Volterra Voronoi
Wald Wales Wasserstein Weibull Weierstrass Welsh Wiener Wiki Wikipedia Wilcoxon Wilks
Wirtinger Wishart Wolfram Xhosa Yoruba Yosida Zipf Zipfian Zulu Zürich
"""

for word in sorted({w.encode() for w in WORDS.split()}):
    print('"%s",' % word.decode())
